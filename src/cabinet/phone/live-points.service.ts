import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../../infra/config/config.js';
import { Readiness } from '../../infra/health/readiness.js';
import { formatDate, formatDateTime, formatPoints } from '../../infra/i18n/format.js';
import { pointsText } from '../../infra/i18n/points-text.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Clock } from '../../shared/clock.js';
import { LimitExceeded } from '../../shared/domain-error.js';
import { lastUsableMoment } from '../../shared/last-usable-moment.js';
import { pointsSummary } from '../points-summary.js';
import { LiveQueries, type Watch } from '../queries/live.queries.js';
import { OverviewQueries, type OverviewRow } from '../queries/overview.queries.js';

export interface Watcher extends Watch {
  language: Language;
}

interface Stream extends Watcher {
  res: Response;
  /** As last told; null before the first look. */
  balance: string | null;
  availableHundredths: bigint;
}

const LOOK_EVERY_MS = 400;
const HEARTBEAT_EVERY_MS = 15_000;
const RETRY_MS = 3000;
const MOST_OF_CUSTOMER = 3;
const MOST = 2000;

/**
 * Tells open card pages of points that have just come or gone.
 *
 * It looks at the accounts that are watched, all in one statement, and only while anybody watches. A NOTIFY with each
 * purchase would hold PostgreSQL's one lock of notifications through every till's commit, and would have to stand
 * wherever points move; this sees refunds, moves and burning as well, from any process.
 */
@Injectable()
export class LivePoints implements OnModuleDestroy {
  private readonly logger = new Logger('LivePoints');
  private readonly streams = new Set<Stream>();
  private timers: NodeJS.Timeout[] = [];
  private looking = false;

  constructor(
    private readonly queries: LiveQueries,
    private readonly overviews: OverviewQueries,
    private readonly readiness: Readiness,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Keeps the answer open until the reader leaves, their session ends or the process stops. Throws LimitExceeded. */
  follow(watcher: Watcher, res: Response): void {
    const own = [...this.streams].filter(({ customerId }) => customerId === watcher.customerId);
    if (own.length >= MOST_OF_CUSTOMER || this.streams.size >= MOST) throw new LimitExceeded(60);
    const stream: Stream = { ...watcher, res, balance: null, availableHundredths: 0n };
    res.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store, no-transform' });
    res.set('X-Accel-Buffering', 'no');
    res.write(`retry: ${RETRY_MS}\n\n`);
    this.streams.add(stream);
    res.once('close', () => this.drop(stream));
    this.start();
  }

  onModuleDestroy(): void {
    this.closeAll();
  }

  /** The browser comes back by itself, to another process or to the next one. */
  private closeAll(): void {
    for (const stream of this.streams) stream.res.end();
    this.streams.clear();
    this.stop();
  }

  private start(): void {
    if (this.timers.length > 0) return;
    this.timers = [
      setInterval(() => void this.look(), LOOK_EVERY_MS).unref(),
      setInterval(() => this.streams.forEach(({ res }) => res.write(':\n\n')), HEARTBEAT_EVERY_MS).unref(),
    ];
    void this.look();
  }

  private stop(): void {
    this.timers.forEach((timer) => clearInterval(timer));
    this.timers = [];
  }

  private drop(stream: Stream): void {
    this.streams.delete(stream);
    if (this.streams.size === 0) this.stop();
  }

  private async look(): Promise<void> {
    if (this.readiness.isStopping) return this.closeAll();
    if (this.looking) return;
    this.looking = true;
    try {
      const watched = [...this.streams];
      const balances = await this.queries.balances(watched, this.clock.real());
      for (const stream of watched) await this.update(stream, balances.get(stream.sessionId));
    } catch (error) {
      this.logger.warn({ err: error, msg: 'points not looked at' });
    } finally {
      this.looking = false;
    }
  }

  private async update(stream: Stream, balance: string | undefined): Promise<void> {
    if (balance === undefined) {
      stream.res.end('event: over\ndata: {}\n\n');
      this.drop(stream);
    } else if (balance !== stream.balance) {
      const known = stream.balance !== null;
      const now = this.clock.now();
      const [overview, spent] = await Promise.all([
        this.overviews.overview(stream.customerId, now),
        this.queries.spentCodes(stream.customerId, this.clock.real()),
      ]);
      const availableHundredths = BigInt(overview.available);
      const change = known ? availableHundredths - stream.availableHundredths : 0n;
      Object.assign(stream, { balance, availableHundredths });
      const words = {
        ...this.wordsOf(stream, change, now),
        burns: this.burnsOf(overview, stream.language, now),
        spent,
      };
      const event = JSON.stringify(words);
      stream.res.write(`event: points\ndata: ${event}\n\n`);
    }
  }

  /** The row below the balance, as the page shows it. */
  private burnsOf(overview: OverviewRow, language: Language, now: Date): { name: string; points: string } | null {
    const { next } = pointsSummary(overview, now);
    if (!next) return null;
    const date = formatDate(lastUsableMoment(next.at), { language, zone: this.config.timeZone, now });
    const name = text(language, 'cabinet:cards.burn', { date });
    return { name, points: formatPoints(next.pointsHundredths, language) };
  }

  private wordsOf({ language, availableHundredths }: Stream, change: bigint, now: Date): object {
    const date = formatDateTime(now, { language, zone: this.config.timeZone, now });
    return {
      points: formatPoints(availableHundredths, language),
      saved: text(language, 'phone:saved', { points: pointsText(availableHundredths, language), date }),
      message: change > 0n ? text(language, 'phone:arrived', { points: pointsText(change, language) }) : null,
    };
  }
}
