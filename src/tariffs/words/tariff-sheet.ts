import { type Language, text } from '../../infra/i18n/texts.js';
import type { ShownOperator, ShownTariff } from '../catalogue/shown-tariff.js';
import type { VersionOrigin } from '../tariff-version.entity.js';
import { audienceWords, dayWords, feeWords, PACKAGES, packageWords, priceWords } from './tariff-words.js';
import { demoWords, type Package, packagesOf, priceOf } from './tariff-card.js';

/** A tariff with everything that is known of it: its own page, and the preview of a draft. */
export interface TariffSheet {
  slug: string;
  name: string;
  operator: ShownOperator;
  price: string | null;
  period: string;
  monthly: string | null;
  offerPrice: string | null;
  packages: Package[];
  extras: string[];
  /** Paragraphs. */
  conditions: string[];
  region: string | null;
  audience: string;
  connectionFee: string | null;
  lastDay: string | null;
  /** As machines read it. */
  lastDayIso: string | null;
  validFrom: Date | null;
  demo: string | null;
  source: string | null;
  sourceLink: string | null;
  sourceYear: number | null;
  open: boolean;
  /** One line for search engines. */
  summary: string;
}

type Told = Omit<ShownTariff, 'tariffId' | 'versionId' | 'validFrom' | 'origin'> & {
  validFrom: Date | null;
  origin: VersionOrigin;
};

export function tariffSheet(tariff: Told, language: Language): TariffSheet {
  const { slug, name, operator, extras, region, open, validFrom, source, sourceYear } = tariff;
  return {
    ...{ slug, name, operator, extras, region, open, validFrom, source, sourceYear, ...priceOf(tariff, language) },
    packages: packagesOf(tariff, language),
    conditions: (tariff.conditions ?? '').split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== ''),
    audience: audienceWords(tariff, language),
    connectionFee: tariff.connectionFeeKopecks === null ? null : feeWords(tariff.connectionFeeKopecks, language),
    ...{ lastDay: tariff.lastDay && dayWords(tariff.lastDay, language), lastDayIso: tariff.lastDay },
    demo: demoWords(tariff, language),
    sourceLink: source && /^https?:\/\/[^\s"'<>]+$/.test(source) ? source : null,
    summary: summaryOf(tariff, language),
  };
}

/** «Тариф «Супер» оператора МТС: 650 ₽ в месяц, 250 минут, 5 ГБ.» Says only what is known. */
function summaryOf(tariff: Told, language: Language): string {
  const facts = [
    tariff.priceKopecks === null ? null : priceWords(tariff, language),
    ...PACKAGES.map((name) => packageWords(tariff, name, language)),
    tariff.region,
  ];
  const { name, operator } = tariff;
  const said = facts.filter((fact) => fact !== null).join(', ');
  return text(language, 'tariffs:summary', { name, operator: operator.name, facts: said });
}
