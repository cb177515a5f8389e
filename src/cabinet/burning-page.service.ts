import { Injectable } from '@nestjs/common';
import { Config } from '../infra/config/config.js';
import type { Language } from '../infra/i18n/texts.js';
import { Clock } from '../shared/clock.js';
import { lastUsableMoment } from '../shared/last-usable-moment.js';
import { type BurningChart, burningChart, type BurningDay } from './burning-months.js';
import { BurningQueries } from './queries/burning.queries.js';

export interface BurningPage {
  /** All points together, in hundredths. */
  totalHundredths: bigint;
  next: BurningDay | null;
  chart: BurningChart;
}

/** `/cabinet/points/burning`: when which points can no longer be spent. */
@Injectable()
export class BurningPages {
  constructor(
    private readonly queries: BurningQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async burning(customerId: string, language: Language): Promise<BurningPage> {
    const now = this.clock.now();
    const rows = await this.queries.days(customerId, now);
    const days = rows.map((row) => ({
      at: lastUsableMoment(new Date(row.expires_at)),
      pointsHundredths: BigInt(row.remaining),
    }));
    return {
      totalHundredths: days.reduce((sum, { pointsHundredths }) => sum + pointsHundredths, 0n),
      next: days[0] ?? null,
      chart: burningChart(days, now, { zone: this.config.timeZone, locale: language }),
    };
  }
}
