import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { exampleOf } from '../../loyalty/promotions/promotion-example.js';
import { PromotionPreviews } from '../../loyalty/promotions/promotion-preview.service.js';
import { PLAIN_TERMS, type PromotionTerms } from '../../loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../loyalty/promotions/promotions.service.js';
import { Segments } from '../../loyalty/promotions/segments/segments.service.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { categories } from '../../stations/category.js';
import { formOf, readPromotion, WEEKDAYS } from './promotion.form.js';
import { shownState, STATE_ORDER, TAGS } from './promotion-state.js';
import { changedWords, exampleWords, rewardWords, termWords, type WordContext } from './promotion-words.js';
import { PromotionQueries, type VersionRow } from './promotions.queries.js';

/** What the pages of promotions show. */
@Injectable()
export class PromotionPages {
  constructor(
    private readonly queries: PromotionQueries,
    private readonly promotions: Promotions,
    private readonly segments: Segments,
    private readonly previews: PromotionPreviews,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async list(language: Language): Promise<object> {
    const [rows, context] = await Promise.all([this.queries.list(), this.context(language)]);
    const today = this.queries.today();
    const promotions = rows.map((row) => ({
      ...{ id: row.id, title: row.terms.title, cost: row.cost, reward: rewardWords(row.terms, language) },
      when: whenWords(row.terms, context),
      ...stateOf(shownState(row, today)),
    }));
    return {
      promotions: promotions.sort((one, other) => STATE_ORDER.indexOf(one.state) - STATE_ORDER.indexOf(other.state)),
    };
  }

  /** The builder: empty, with a promotion's terms, or as it was typed. */
  async builder(language: Language, terms: PromotionTerms | null, typed: unknown): Promise<object> {
    const context = await this.context(language);
    const start = { ...formOf(terms ?? PLAIN_TERMS, context), ...(terms === null && { title: '', priority: '0' }) };
    const fields: Record<string, unknown> = isTyped(typed) ? { ...typed } : start;
    const box = (name: string, key: string): object => ({
      name,
      label: text(language, key),
      checked: name in fields && fields[name] !== undefined,
    });
    return {
      fields,
      kinds: options(['multiplier', 'percent', 'fixed'], 'kinds', language),
      stationChoices: options(['all', 'only', 'except'], 'stationChoices', language),
      stackings: options(['stacking', 'exclusive'], 'stacking', language),
      segments: context.segments.map(({ id, name }) => ({ value: id, name })),
      weekdays: WEEKDAYS.map((day) => box(`weekday${day}`, `promotions:weekdays.${day}`)),
      categories: categories.map((category) => box(`category_${category}`, `backoffice:categories.${category}`)),
      firstPurchase: fields['firstPurchase'] !== undefined,
      exampleLine: this.example(fields, context),
    };
  }

  async edit(id: string, language: Language, typed: unknown): Promise<object> {
    const { version, terms, number } = await this.promotions.findPromotion(id);
    return { id, number, version, title: terms.title, ...(await this.builder(language, terms, typed)) };
  }

  /** The line of the builder that says what the typed terms would come to. */
  async exampleFor(body: unknown, language: Language): Promise<object> {
    return { exampleLine: this.example(body, await this.context(language)) };
  }

  async readTerms(body: unknown): Promise<PromotionTerms> {
    return readPromotion(body, await this.context('ru'));
  }

  async show(id: string, language: Language): Promise<object> {
    const promotion = await this.promotions.findPromotion(id);
    const [context, versions, month, ever] = await Promise.all([
      this.context(language),
      this.queries.versions(id),
      this.queries.costSince(id, this.queries.firstOfMonth()),
      this.queries.costSince(id, '2000-01-01'),
    ]);
    const state = shownState(promotion, this.queries.today());
    const { terms } = promotion;
    return {
      ...{ id, number: promotion.number, title: terms.title, reward: rewardWords(terms, language), month, ever },
      ...stateOf(state),
      terms: termWords(terms, context).filter(({ name }) => name !== 'title'),
      exampleLine: this.exampleOfTerms(terms, context),
      mayPublish: promotion.state === 'draft',
      mayPause: promotion.state === 'published' && state !== 'ended',
      mayResume: promotion.state === 'paused' && state !== 'ended',
      mayEnd: promotion.state !== 'ended',
      history: versions.map((row, index) => historyLine(row, versions[index + 1], context)),
    };
  }

  async preview(id: string): Promise<object> {
    const { terms } = await this.promotions.findPromotion(id);
    const [preview, stations] = await Promise.all([this.previews.tryOut(terms), this.queries.stations()]);
    const names = new Map(stations.map((station) => [station.id, station.name]));
    const share = preview.paidKopecks === 0n ? 0n : (preview.pointsHundredths * 10_000n) / preview.paidKopecks;
    return {
      ...{ id, name: terms.title, ...preview, share },
      stations: preview.stations.map((station) => ({ ...station, name: names.get(station.id) })),
    };
  }

  private async context(language: Language): Promise<WordContext> {
    const [stations, all] = await Promise.all([this.queries.stations(), this.segments.list({ deleted: true })]);
    const [segments, formerSegments] = [all.filter((it) => !it.deleted_at), all.filter((it) => it.deleted_at)];
    return { language, stations, segments, formerSegments };
  }

  /** Null while the form is not filled in well enough. */
  private example(body: unknown, context: WordContext): string | null {
    try {
      return this.exampleOfTerms(readPromotion({ ...(body as object), title: '—' }, context), context);
    } catch (error) {
      if (error instanceof InvalidInput) return null;
      throw error;
    }
  }

  private exampleOfTerms(terms: PromotionTerms, { language }: WordContext): string {
    const zone = this.config.timeZone;
    const example = exampleOf(terms, this.config.programme, { now: this.clock.now(), zone });
    return example ? exampleWords(example, zone, language) : text(language, 'promotions:example.never');
  }
}

function stateOf<State extends keyof typeof TAGS>(state: State): { state: State; tag: string } {
  return { state, tag: TAGS[state] };
}

function options(values: readonly string[], family: string, language: Language): object[] {
  return values.map((value) => ({ value, name: text(language, `promotions:${family}.${value}`) }));
}

function isTyped(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && 'kind' in body;
}

/** When and where, in a line of the list. */
function whenWords(terms: PromotionTerms, context: WordContext): string {
  const shown = ['days', 'weekdays', 'hours', 'stations', 'categories', 'segment'];
  return termWords(terms, context)
    .filter(({ name }) => shown.includes(name))
    .map(({ words }) => words)
    .join(' · ');
}

function historyLine(row: VersionRow, before: VersionRow | undefined, context: WordContext): object {
  const changes = row.action === 'changed' && before ? changedWords(before.terms, row.terms, context) : [];
  return { version: row.version, action: row.action, at: row.changed_at, by: row.changed_by, changes };
}
