import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { LedElsewhere } from '../../infra/web/led-elsewhere.js';
import { Catalogue } from '../../tariffs/catalogue/catalogue.service.js';
import { SORTS } from '../../tariffs/catalogue/tariff-search.js';
import { TariffNotFound } from '../../tariffs/tariffs.errors.js';
import { compareTariffs } from './comparison.js';
import { type TariffCard, tariffCard } from '../../tariffs/words/tariff-card.js';
import { choicesOf } from './tariff-choices.js';
import {
  asksFigures,
  filterPath,
  narrowingCount,
  pickedOf,
  type Query,
  readFilter,
  searchOf,
  type TariffFilter,
  widened,
} from './tariff-filter.js';
import { tariffSheet, type TariffSheet } from '../../tariffs/words/tariff-sheet.js';

const PAGE_SIZE = 20;
const SIMILAR = 3;
const SHOWCASE = 3;
/** Side by side more than four are read by nobody. */
export const MOST_COMPARED = 4;

/** What the public pages of tariffs show. */
@Injectable()
export class TariffPages {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly config: Config,
  ) {}

  async list(query: Query, language: Language): Promise<object> {
    const filter = readFilter(query);
    const [found, choices, picked] = await Promise.all([
      this.catalogue.search(searchOf(filter), { page: filter.page, size: PAGE_SIZE }),
      this.catalogue.choices(),
      this.catalogue.bySlugs(filter.t.slice(0, MOST_COMPARED)),
    ]);
    const last = lastPage(found.count);
    if (filter.page > last) throw new LedElsewhere(filterPath(filter, { page: last }));
    const narrowed = narrowingCount(filter);
    const cards = found.tariffs.map((tariff) => tariffCard(tariff, language));
    const onPage = new Set(cards.map(({ slug }) => slug));
    return {
      ...{
        filter,
        narrowed,
        count: found.count,
        asksFigures: asksFigures(filter),
        resetPath: filterPath(widened(filter)),
      },
      tariffs: cards.map((card) => ({ ...card, picked: filter.t.includes(card.slug) })),
      picked: picked.filter(({ slug }) => !onPage.has(slug)).map(({ slug, name }) => ({ slug, name })),
      choices: choicesOf(filter, choices, language),
      sorts: SORTS.map((sort) => ({
        ...{ name: text(language, `tariffs:sorts.${sort}`), path: filterPath(filter, { sort, page: 1 }) },
        current: sort === filter.sort,
      })),
      hasDemo: found.tariffs.some(({ origin }) => origin === 'demo'),
      pages: pagesOf(filter, found.count),
      canonical: this.address(filter.page > 1 && narrowed === 0 ? `/tariffs?page=${filter.page}` : '/tariffs'),
    };
  }

  /** Two to four side by side; what is too many is left out, what is not there is said to be gone. */
  async compare(query: Query, language: Language): Promise<object> {
    const asked = pickedOf(query);
    const slugs = asked.slice(0, MOST_COMPARED);
    const tariffs = await this.catalogue.bySlugs(slugs);
    const onlyDifferences = query['only'] === 'differences';
    const rows = compareTariffs(tariffs, language);
    const path = (left: string[], only = onlyDifferences): string => comparisonPath(left, only);
    const shown = tariffs.map(({ slug }) => slug);
    return {
      ...{ enough: tariffs.length > 1, tooMany: asked.length > MOST_COMPARED, most: MOST_COMPARED },
      missing: tariffs.length < slugs.length,
      tariffs: tariffs.map((tariff) => ({
        ...{ ...tariffCard(tariff, language), open: tariff.open },
        withoutPath: path(shown.filter((slug) => slug !== tariff.slug)),
      })),
      rows: onlyDifferences ? rows.filter(({ differs }) => differs) : rows,
      onlyDifferences,
      onlyPath: path(shown, !onlyDifferences),
      morePath: shown.length < MOST_COMPARED ? filterPath({ ...readFilter({}), t: shown }) : null,
      hasDemo: tariffs.some(({ origin }) => origin === 'demo'),
    };
  }

  async show(slug: string, language: Language): Promise<TariffSheet & { similar: TariffCard[]; canonical: string }> {
    const tariff = await this.catalogue.findBySlug(slug);
    if (!tariff) throw new TariffNotFound();
    const similar = await this.catalogue.similarTo(tariff, SIMILAR);
    return {
      ...tariffSheet(tariff, language),
      similar: similar.map((other) => tariffCard(other, language)),
      canonical: this.address(`/tariffs/${tariff.slug}`),
    };
  }

  /** A few for the home page. */
  async showcase(language: Language): Promise<TariffCard[]> {
    return (await this.catalogue.showcase(SHOWCASE)).map((tariff) => tariffCard(tariff, language));
  }

  private address(path: string): string {
    return `${this.config.publicUrl}${path}`;
  }
}

function lastPage(count: number): number {
  return Math.max(1, Math.ceil(count / PAGE_SIZE));
}

function pagesOf(filter: TariffFilter, count: number): object | null {
  const last = lastPage(count);
  if (last === 1) return null;
  const path = (page: number): string => filterPath(filter, { page });
  return {
    ...{ page: filter.page, last },
    earlier: filter.page > 1 ? path(Math.min(filter.page - 1, last)) : null,
    later: filter.page < last ? path(filter.page + 1) : null,
  };
}

function comparisonPath(slugs: readonly string[], onlyDifferences: boolean): string {
  const said = slugs.map((slug): [string, string] => ['t', slug]);
  if (onlyDifferences) said.push(['only', 'differences']);
  return `/tariffs/compare?${new URLSearchParams(said).toString()}`;
}
