import { connect, type Socket } from 'node:net';

/** One kept-alive HTTP/1.1 connection that asks one thing at a time: a client that costs little beside what it measures. */
export class Connection {
  private socket: Socket | undefined;
  private received: Buffer = Buffer.alloc(0);
  private settle: { done: (status: number) => void; fail: (error: Error) => void } | undefined;

  constructor(
    private readonly port: number,
    private readonly host = '127.0.0.1',
  ) {}

  /** Sends a whole request and answers the status of the whole answer. */
  async send(request: string): Promise<number> {
    const socket = this.socket ?? (await this.open());
    return new Promise((done, fail) => {
      this.settle = { done, fail };
      socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  private open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, this.host, () => resolve(socket));
      socket.setNoDelay(true);
      socket.on('data', (piece: Buffer) => this.read(piece));
      socket.on('error', (error) => {
        reject(error);
        this.settle?.fail(error);
      });
      socket.on('close', () => {
        if (this.socket === socket) this.socket = undefined;
        this.settle?.fail(new Error('the server closed the connection'));
      });
      this.socket = socket;
    });
  }

  private read(piece: Buffer): void {
    this.received = this.received.length === 0 ? piece : Buffer.concat([this.received, piece]);
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const head = this.received.toString('latin1', 0, headEnd);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    if (this.received.length < headEnd + 4 + length) return;
    this.received = Buffer.alloc(0);
    // The server lets a connection go after so many requests.
    if (/\r\nconnection: close/i.test(head)) {
      this.socket?.destroy();
      this.socket = undefined;
    }
    const settled = this.settle;
    this.settle = undefined;
    settled?.done(Number(head.slice(9, 12)));
  }
}
