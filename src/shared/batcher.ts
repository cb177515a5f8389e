/**
 * Gathers calls that arrive together and works them as one batch, so that they share a query or a commit.
 *
 * A call alone starts at once: nothing waits for company. While `inFlight` batches run, later calls gather behind them.
 * `work` answers in the order of its items; an item's own failure is an Error in its place, a thrown one fails them all.
 */
export class Batcher<Item, Answer> {
  private waiting: { item: Item; resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly work: (items: Item[]) => Promise<(Answer | Error)[]>,
    private readonly limits: { maxSize: number; inFlight: number },
  ) {}

  run(item: Item): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => this.waiting.push({ item, resolve, reject }));
    this.schedule();
    return answer;
  }

  private schedule(): void {
    if (this.scheduled || this.running >= this.limits.inFlight || this.waiting.length === 0) {
      return;
    }
    // What arrives in the same turn of the event loop travels together.
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.start();
    });
  }

  private async start(): Promise<void> {
    const batch = this.waiting.splice(0, this.limits.maxSize);
    this.running += 1;
    this.schedule();
    try {
      const answers = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer instanceof Error) {
          reject(answer);
        } else {
          resolve(answer as Answer);
        }
      });
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    } finally {
      this.running -= 1;
      this.schedule();
    }
  }
}
