import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Config } from '../infra/config/config.js';
import type { Language } from '../infra/i18n/texts.js';
import { ruleText } from '../infra/i18n/rule-text.js';
import { Clock } from '../shared/clock.js';
import { parseDecimal } from '../shared/decimal.js';
import { DomainError } from '../shared/domain-error.js';
import { dayIn, daySpan } from './days.js';
import { pagePaths, type PageQuery, textOf } from './page-query.js';
import { ActivationQueries } from './queries/activations.queries.js';
import { type PurchaseLineRow, PurchaseQueries } from './queries/purchases.queries.js';
import { StationQueries } from './queries/stations.queries.js';

const POINTS = ['earned', 'redeemed'] as const;

/** What the lists of purchases and activations show. */
@Injectable()
export class PurchasePages {
  constructor(
    private readonly purchaseQueries: PurchaseQueries,
    private readonly activationQueries: ActivationQueries,
    private readonly stations: StationQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async purchases(query: PageQuery): Promise<object> {
    const { day, span } = this.dayOf(query);
    const stationId = idOf(query, 'station');
    const customerId = idOf(query, 'customer');
    const cardNumber = textOf(query, 'card');
    const points = POINTS.find((kind) => kind === query['points']) ?? null;
    const page = await this.purchaseQueries.list(
      { ...span, stationId, customerId: customerId ?? undefined, cardNumber: cardNumber ?? undefined, points },
      query['after'],
    );
    const filters = { day, station: stationId, points, customer: customerId, card: cardNumber };
    return {
      filters,
      filtered: Object.values(filters).some(Boolean),
      today: dayIn(this.config.timeZone, this.clock.now()),
      stations: await this.stations.openStations(),
      purchases: page.rows,
      ...pagePaths('/admin/purchases', filters, query, page),
    };
  }

  async purchase(id: string, language: Language): Promise<object> {
    const purchase = await this.purchaseQueries.find(id);
    if (!purchase) throw new DomainError('purchase_not_found', 'not_found');
    const [lines, refunds] = await Promise.all([this.purchaseQueries.lines(id), this.purchaseQueries.refunds(id)]);
    const toPay = BigInt(purchase.total_kopecks) - BigInt(purchase.redeemed_hundredths);
    return {
      purchase,
      toPay,
      refunds,
      lines: lines.map((line) => lineOf(line, language)),
    };
  }

  async activations(query: PageQuery): Promise<object> {
    const { day, span } = this.dayOf(query);
    const page = await this.activationQueries.list({ ...span }, query['after']);
    return {
      filters: { day },
      today: dayIn(this.config.timeZone, this.clock.now()),
      activations: page.rows,
      ...pagePaths('/admin/activations', { day }, query, page),
    };
  }

  private dayOf(query: PageQuery): { day: string | null; span: ReturnType<typeof daySpan> } {
    const span = daySpan(query['day'], this.config.timeZone);
    return { day: span ? String(query['day']) : null, span };
  }
}

function idOf(query: PageQuery, name: string): string | null {
  const value = textOf(query, name);
  return isUUID(value) ? value : null;
}

function lineOf(line: PurchaseLineRow, language: Language): object {
  const rules = line.rules.map((rule) => ({
    title: ruleText(rule, language),
    hundredths: parseDecimal(rule.points, 2) ?? 0n,
  }));
  return { ...line, rules, quantity: quantityOf(line.quantity_thousandths, language) };
}

/** Thousandths as people write them: 45500 is `45,5`. */
function quantityOf(thousandths: string | null, language: Language): string | null {
  return thousandths === null
    ? null
    : (Number(thousandths) / 1000).toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB', { maximumFractionDigits: 3 });
}
