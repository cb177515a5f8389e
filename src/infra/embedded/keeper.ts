import { isAlive } from './processes.js';
import { type Postmaster, stopPostmaster } from './postmaster.js';

const LOOK_EVERY_MS = 500;

/** Watches over a running server: one that ends unasked (out of memory, somebody's kill) is started again. */
export class Keeper {
  private readonly timer: NodeJS.Timeout;
  private reviving: Promise<void> | undefined;

  constructor(
    private pid: number,
    private readonly relaunch: () => Promise<Postmaster>,
  ) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.reviving;
    await stopPostmaster(this.pid);
  }

  private look(): void {
    if (this.reviving || isAlive(this.pid)) return;
    this.reviving = this.revive().finally(() => (this.reviving = undefined));
  }

  /** Children of the dead server may hold its memory a little longer; then the next look tries again. */
  private async revive(): Promise<void> {
    try {
      this.pid = (await this.relaunch()).pid;
      process.stderr.write('The embedded PostgreSQL had ended and was started again.\n');
    } catch (error) {
      process.stderr.write(`The embedded PostgreSQL ended and does not start: ${String(error)}\n`);
    }
  }
}
