import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Language } from '../../infra/i18n/texts.js';
import type { LineState } from '../../lines/line-state.js';
import { type LineRequest, RequestQueries } from '../../lines/requests/request.queries.js';
import { requestWords, stepsInWords } from '../../lines/requests/request-words.js';
import { Clock } from '../../shared/clock.js';
import { dayWords } from '../../tariffs/words/tariff-words.js';
import { isOpen } from '../../tasks/operator-task.js';

/** What the operator of a line was asked for, as its customer is told: with its times, without the operator's words. */
@Injectable()
export class LineRequestViews {
  constructor(
    private readonly requests: RequestQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async ofLine({ id, state }: { id: string; state: LineState }, language: Language): Promise<object> {
    const requests = await this.requests.ofLine(id);
    return {
      open: requests.filter(isOpen).map((request) => this.told(request, language)),
      past: requests.filter((request) => !isOpen(request)).map((request) => this.told(request, language)),
      suspendedThrough: state === 'suspended' ? suspendedThrough(requests, language) : null,
    };
  }

  private told(request: LineRequest, language: Language): object {
    const options = { language, zone: this.config.timeZone, now: this.clock.now() };
    return {
      title: requestWords(request.details, language),
      steps: stepsInWords(request, options),
      refused: request.state === 'refused',
    };
  }
}

/** Of the suspension that counts: the latest that was done. */
function suspendedThrough(requests: readonly LineRequest[], language: Language): string | null {
  const details = requests.find(({ kind, state }) => kind === 'suspend' && state === 'done')?.details;
  return details?.kind === 'suspend' && details.through ? dayWords(details.through, language) : null;
}
