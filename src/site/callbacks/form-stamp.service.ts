import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { sign, unsign } from '../../infra/web/signed-cookie.js';
import { Clock } from '../../shared/clock.js';
import { CallbackFormSuspicious } from '../../support/callbacks/callbacks.errors.js';

/** The field that people do not see and programs fill in. */
export const TRAP = 'subject';

const PURPOSE = 'callback form';
const QUICKEST_MS = 2000;
const OLDEST_MS = 24 * 3_600_000;

/** Tells people from programs without asking anybody else: when the form was shown, signed, and a trap in it. */
@Injectable()
export class FormStamp {
  private readonly key: Buffer;

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    this.key = config.keyFor(PURPOSE);
  }

  /** For a form; one that is shown again keeps the stamp it had, so that nobody has to wait anew. */
  issue(before?: unknown): string {
    const age = this.ageMs(before);
    return age !== null && age < OLDEST_MS
      ? String(before)
      : sign(String(this.clock.real().getTime()), PURPOSE, this.key);
  }

  /** Throws CallbackFormSuspicious. */
  expectPerson(stamp: unknown, trap: unknown): void {
    const age = this.ageMs(stamp);
    const fits = age !== null && age >= QUICKEST_MS && age < OLDEST_MS;
    if (!fits || (typeof trap === 'string' && trap !== '')) throw new CallbackFormSuspicious();
  }

  private ageMs(stamp: unknown): number | null {
    const shownAt = unsign(stamp, PURPOSE, this.key);
    return shownAt === null ? null : this.clock.real().getTime() - Number(shownAt);
  }
}
