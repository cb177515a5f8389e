/**
 * Answers that were worked out before, for pure functions that cost much and are asked the same again and again, such as
 * those of the calendar. Forgets everything once it has grown too big.
 */
export class Remembered<Answer> {
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly most = 1000) {}

  of(question: string, workOut: () => Answer): Answer {
    const known = this.answers.get(question);
    if (known !== undefined) return known;
    const answer = workOut();
    if (this.answers.size >= this.most) this.answers.clear();
    this.answers.set(question, answer);
    return answer;
  }
}
