import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import { text, type Language } from '../infra/i18n/texts.js';
import { Deletions } from '../privacy/deletion/deletions.service.js';
import { Clock } from '../shared/clock.js';
import { type FeedDay, feedDays, wholeDays } from './feed.js';
import { LinePages, type LineView } from './lines/line-pages.service.js';
import { toOperation } from './operation.js';
import { type PointsSummary, pointsSummary } from './points-summary.js';
import { HomeQueries, type HomeRow } from './queries/home.queries.js';

export interface HomePage {
  balance: PointsSummary;
  card: HomeCard | null;
  passwordSet: boolean;
  /** The first of their live numbers, as the list has them. */
  lines: LineView[];
  /** When the cabinet is deleted, where its owner asked for that. */
  deletionAt: Date | null;
  days: FeedDay[];
}

interface HomeCard {
  number: string;
  path: string;
  /** What its owner calls it, else its kind. */
  title: string;
  blocked: boolean;
}

const LAST_OPERATIONS = 6;
const FIRST_LINES = 3;

/** `/cabinet`: most visits go no further. */
@Injectable()
export class HomePages {
  constructor(
    private readonly queries: HomeQueries,
    private readonly deletions: Deletions,
    private readonly lines: LinePages,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async home(customerId: string, language: Language): Promise<HomePage> {
    const now = this.clock.now();
    const [row, deletionAt, lines] = await Promise.all([
      this.queries.home(customerId, LAST_OPERATIONS, now),
      this.deletions.pending(customerId),
      this.config.lines.includes('telecom') ? this.lines.first(customerId, FIRST_LINES) : [],
    ]);
    const { shown } = wholeDays((row.operations ?? []).map(toOperation), LAST_OPERATIONS);
    return {
      balance: pointsSummary(row, now),
      card: homeCard(row, language),
      passwordSet: row.password_set,
      ...{ lines, deletionAt },
      days: feedDays(shown, language),
    };
  }
}

function homeCard(row: HomeRow, language: Language): HomeCard | null {
  const { card_number: number, card_kind: kind, card_nickname, card_state } = row;
  if (number === null) return null;
  const title = card_nickname ?? text(language, `cabinet:cardKind.${kind}`);
  return { number, path: `/cabinet/cards/${number}`, title, blocked: card_state === 'blocked' };
}
