import type { Config } from '../infra/config/config.js';
import { formatPercent } from '../infra/i18n/format.js';
import type { Language } from '../infra/i18n/texts.js';

/** The programme's settings as the public texts tell them. */
export interface ProgrammeTerms {
  /** `1`, `1,5` */
  percent: string;
  cardPriceKopecks: bigint;
  /** Null where points may pay the whole receipt. */
  redeemSharePercent: number | null;
  lifetimeMonths: number;
}

export function programmeTerms({ programme }: Config, language: Language): ProgrammeTerms {
  return {
    percent: formatPercent(programme.earnBasisPoints, language),
    cardPriceKopecks: programme.cardPriceKopecks,
    redeemSharePercent: programme.redeemSharePercent < 100 ? programme.redeemSharePercent : null,
    lifetimeMonths: programme.pointsLifetimeMonths,
  };
}
