import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { text, type Language } from '../infra/i18n/texts.js';
import { Clock } from '../shared/clock.js';
import { type FeedDay, feedDays, wholeDays } from './feed.js';
import { toOperation } from './operation.js';
import { type PointsSummary, pointsSummary } from './points-summary.js';
import { OperationQueries } from './queries/operations.queries.js';
import { OverviewQueries, type OverviewRow } from './queries/overview.queries.js';

export interface HomePage {
  balance: PointsSummary;
  card: HomeCard | null;
  passwordSet: boolean;
  days: FeedDay[];
  more: boolean;
}

interface HomeCard {
  number: string;
  path: string;
  kindName: string;
  blocked: boolean;
}

const LAST_OPERATIONS = 6;
const ALL = { kind: null, from: null, until: null };

/** `/cabinet`: two queries at once, for most visits go no further. */
@Injectable()
export class HomePages {
  constructor(
    private readonly overviews: OverviewQueries,
    private readonly operations: OperationQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async home(customerId: string, language: Language): Promise<HomePage> {
    const { timeZone: zone } = this.config;
    const now = this.clock.now();
    const [overview, rows] = await Promise.all([
      this.overviews.overview(customerId, now),
      this.operations.list(customerId, ALL, null, LAST_OPERATIONS),
    ]);
    const { shown, more } = wholeDays(rows.map(toOperation), LAST_OPERATIONS, zone);
    return {
      balance: pointsSummary(overview, now),
      card: homeCard(overview, language),
      passwordSet: overview.password_set,
      days: feedDays(shown, { language, zone }),
      more,
    };
  }
}

function homeCard(
  { card_number: number, card_kind: kind, card_state }: OverviewRow,
  language: Language,
): HomeCard | null {
  if (number === null) return null;
  const kindName = text(language, `cabinet:cardKind.${kind}`);
  return { number, path: `/cabinet/cards/${number}`, kindName, blocked: card_state === 'blocked' };
}
