import { type Language, text } from '../../infra/i18n/texts.js';
import type { CatalogueChoices } from '../../tariffs/catalogue/catalogue.service.js';
import { type TariffFilter, WHOM } from './tariff-filter.js';

interface Box {
  value: string;
  name: string;
  checked: boolean;
}

export interface TariffChoices {
  operators: (Box & { colour: string; count: number })[];
  whom: Box[];
  unlimited: Box[];
  regions: { value: string; chosen: boolean }[];
}

/** What the form of the list offers, with what is chosen already. */
export function choicesOf(filter: TariffFilter, choices: CatalogueChoices, language: Language): TariffChoices {
  const box = (value: string, key: string, chosen: readonly string[]): Box => ({
    ...{ value, name: text(language, key), checked: chosen.includes(value) },
  });
  return {
    operators: choices.operators.map(({ code, name, colour, count }) => ({
      ...{ value: code, name, colour, count, checked: filter.operator.includes(code) },
    })),
    whom: WHOM.map((name) => box(name, `tariffs:whom.${name}`, filter.for)),
    unlimited: (['internet', 'minutes'] as const).map((name) =>
      box(name, `tariffs:unlimited.${name}`, filter.unlimited),
    ),
    regions: choices.regions.map((region) => ({ value: region, chosen: region === filter.region })),
  };
}
