import { Injectable } from '@nestjs/common';
import { Secrets } from '../../auth/secrets.service.js';
import { Config } from '../../infra/config/config.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { Clock } from '../../shared/clock.js';
import { type CallbackTopic, TOPICS } from '../../support/callbacks/callback.js';
import { CallbackFollowers } from '../../support/callbacks/callback-followers.service.js';
import { CallbackHours, SOON } from '../../support/callbacks/callback-hours.service.js';
import { callTimeWords, slotWords } from '../../support/callbacks/call-time-words.js';

interface Choice {
  value: string;
  name: string;
}

/** What the public pages about callbacks show. */
@Injectable()
export class CallbackPages {
  constructor(
    private readonly hours: CallbackHours,
    private readonly followers: CallbackFollowers,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Choices of the form. */
  form(language: Language): { topics: Choice[]; times: Choice[]; minutes: number; open: boolean } {
    return {
      topics: this.topics().map((value) => ({ value, name: text(language, `callbacks:topics.${value}`) })),
      times: this.times(language),
      minutes: this.config.callbacks.promiseMinutes,
      open: this.hours.isOpen(),
    };
  }

  /** Throws CallbackNotFound for a link that opens nothing. */
  async followed(token: string, language: Language): Promise<object> {
    const { state, dueAt, chosen, phoneEnding, missed } = await this.followers.follow(token);
    const at = new Date(dueAt);
    const kind = chosen ? 'at' : missed > 0 ? 'about' : 'until';
    // «At three» is kept by whoever calls some minutes after three.
    const graceMs = kind === 'until' ? 0 : this.config.callbacks.promiseMinutes * 60_000;
    return {
      ...{ token, state, missed: kind === 'about' },
      late: state === 'waiting' && at.getTime() + graceMs < this.clock.now().getTime(),
      when: callTimeWords(at, kind, this.around(language)),
      ending: phoneEnding.replace(/(..)(..)/, '$1-$2'),
      open: state === 'waiting' || state === 'taken',
      times: this.times(language),
    };
  }

  /** Throws InvalidInput for a topic of a line of business that is off. */
  expectTopic(topic: CallbackTopic): void {
    if (!this.topics().includes(topic)) throw new InvalidInput([{ path: 'topic', code: 'callback_topic' }]);
  }

  browserDigest(visitor: string | null): Buffer | null {
    return visitor === null ? null : this.secrets.digest('browser', 'callback', visitor);
  }

  private times(language: Language): Choice[] {
    const around = this.around(language);
    const soon = text(language, 'callbacks:slot.soon', { when: callTimeWords(this.hours.promise(), 'until', around) });
    return [
      { value: SOON, name: soon },
      ...this.hours.slots().map((slot) => ({ value: slot.startsAt.toISOString(), name: slotWords(slot, around) })),
    ];
  }

  private topics(): CallbackTopic[] {
    const { lines } = this.config;
    const off: CallbackTopic[] = [
      ...(lines.includes('loyalty') ? [] : (['card'] as const)),
      ...(lines.includes('telecom') ? [] : (['sim', 'payment'] as const)),
    ];
    return TOPICS.filter((topic) => !off.includes(topic));
  }

  private around(language: Language) {
    return { language, zone: this.config.timeZone, now: this.clock.now() };
  }
}
