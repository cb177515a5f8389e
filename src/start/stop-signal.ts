/** Thrown on the way up when somebody already wants the process down. */
export class Stopped extends Error {}

/**
 * SIGTERM or Ctrl+C, heard from the first moment on. However often it comes (npm passes on what the whole group has
 * got already), the process stops once and in order.
 */
export class StopSignal {
  private stopped = false;
  readonly received: Promise<void>;

  constructor() {
    this.received = new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.on(signal, () => {
          this.stopped = true;
          resolve();
        });
      }
    });
  }

  /** Between the steps of a start. */
  check(): void {
    if (this.stopped) throw new Stopped();
  }
}
