import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  raw: string;
}

/** A mail server on loopback that keeps what it gets and refuses what it is told to. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  /** Asked for each recipient: a reply code refuses. */
  refuse: (to: string) => number | null = () => null;
  private server = this.make();
  private port = 0;

  async start(): Promise<void> {
    const { server } = this.server;
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  /** On the same port again, after an outage. */
  async restart(): Promise<void> {
    this.server = this.make();
    await this.start();
  }

  private make(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _session, done) => {
        const code = this.refuse(address);
        done(code === null ? null : Object.assign(new Error('not now'), { responseCode: code }));
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ from, to, raw: Buffer.concat(chunks).toString('utf8') });
          done();
        });
      },
    });
  }
}

/** The head of a mail, unfolded, by name in small letters. */
export function headOf({ raw }: ReceivedMail): Record<string, string> {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
}
