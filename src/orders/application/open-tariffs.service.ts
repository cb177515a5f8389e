import { Injectable } from '@nestjs/common';
import { type Language } from '../../infra/i18n/texts.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { Catalogue } from '../../tariffs/catalogue/catalogue.service.js';
import type { ShownTariff } from '../../tariffs/catalogue/shown-tariff.js';
import { EVERYTHING, type TariffSearch } from '../../tariffs/catalogue/tariff-search.js';
import { TariffNotFound } from '../../tariffs/tariffs.errors.js';
import { priceWords } from '../../tariffs/words/tariff-words.js';
import { TariffClosed } from '../orders.errors.js';

export interface TariffOption {
  /** The tariff's address. */
  value: string;
  name: string;
}

const MOST = 500;

/** What a new customer may have now. */
@Injectable()
export class OpenTariffs {
  constructor(private readonly catalogue: Catalogue) {}

  /** In the version that counts now. Throws TariffNotFound, TariffClosed. */
  async find(slug: string): Promise<ShownTariff> {
    const tariff = await this.catalogue.findBySlug(slug);
    if (!tariff) throw new TariffNotFound();
    if (!tariff.open) throw new TariffClosed();
    return tariff;
  }

  /** The same for a form with a choice of tariffs. Throws InvalidInput at `tariff` for one that is gone or closed. */
  async choose(slug: string): Promise<ShownTariff> {
    const tariff = await this.catalogue.findBySlug(slug);
    if (!tariff?.open) throw new InvalidInput([{ path: 'tariff', code: 'tariff_gone' }]);
    return tariff;
  }

  /** For a select: by operator, then by name. More than five hundred nobody reads; `chosen` is among them all the same. */
  async options(
    language: Language,
    audiences: TariffSearch['audiences'] = [],
    chosen: string | null = null,
  ): Promise<TariffOption[]> {
    const { tariffs } = await this.catalogue.search(
      { ...EVERYTHING, audiences, sort: 'name' },
      { page: 1, size: MOST },
    );
    const more =
      chosen === null || tariffs.some(({ slug }) => slug === chosen) ? null : await this.catalogue.findBySlug(chosen);
    const all = more?.open ? [...tariffs, more] : tariffs;
    return all
      .map((tariff) => ({ value: tariff.slug, name: tariffLine(tariff, language) }))
      .toSorted((one, other) => one.name.localeCompare(other.name, language));
  }
}

/** `МегаФон · Без переплат · 550 ₽ в месяц` */
export function tariffLine(tariff: ShownTariff, language: Language): string {
  return [tariff.operator.name, tariff.name, priceWords(tariff, language)].join(' · ');
}
