import { Socket } from 'node:net';

/**
 * A connection to the server over which all statements that are asked for in one turn of the event loop leave as one
 * packet: one system call here, and one wake-up there. `pg` corks for each statement; this lets go at the turn's end.
 */
export class GatheringSocket extends Socket {
  private gathering = false;

  override cork(): void {
    if (!this.gathering) {
      this.gathering = true;
      super.cork();
      process.nextTick(() => {
        this.gathering = false;
        this.uncork();
      });
    }
    super.cork();
  }
}
