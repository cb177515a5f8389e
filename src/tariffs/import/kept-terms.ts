import type { TariffTerms } from '../tariff-terms.js';

/** Terms as JSON keeps them: kopecks are digits there. */
export type KeptTerms = Omit<TariffTerms, 'priceKopecks' | 'connectionFeeKopecks'> & {
  priceKopecks: string | null;
  connectionFeeKopecks: string | null;
};

export function keepTerms(terms: TariffTerms): KeptTerms {
  const digits = (kopecks: bigint | null): string | null => kopecks?.toString() ?? null;
  return {
    ...terms,
    priceKopecks: digits(terms.priceKopecks),
    connectionFeeKopecks: digits(terms.connectionFeeKopecks),
  };
}

export function keptTerms(kept: KeptTerms): TariffTerms {
  const kopecks = (digits: string | null): bigint | null => (digits === null ? null : BigInt(digits));
  return {
    ...kept,
    priceKopecks: kopecks(kept.priceKopecks),
    connectionFeeKopecks: kopecks(kept.connectionFeeKopecks),
  };
}
