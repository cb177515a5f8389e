import { Injectable } from '@nestjs/common';
import { SecurityAlarms } from '../../auth/first-log-in/security-alarms.service.js';
import { formatInteger, formatPoints } from '../../infra/i18n/format.js';
import type { Language } from '../../infra/i18n/texts.js';
import { RULE_CODES, ruleOf, type VelocityRule } from '../../loyalty/fraud/velocity-rules.js';
import { VelocityLimits } from '../../loyalty/fraud/velocity-limits.service.js';
import { DomainError } from '../../shared/domain-error.js';
import { addressOf, pagePaths, type PageQuery } from '../page-query.js';
import { ALERT_TAGS } from './alert-tags.js';
import { AlertQueries, type AlertRow, STATES } from './alert.queries.js';

const PATH = '/admin/alerts';

/** What the pages about alerts show. */
@Injectable()
export class AlertPages {
  constructor(
    private readonly queries: AlertQueries,
    private readonly limits: VelocityLimits,
    private readonly alarms: SecurityAlarms,
  ) {}

  async alerts(query: PageQuery, language: Language): Promise<object> {
    const state = STATES.find((known) => known === query['state']) ?? null;
    const rule = RULE_CODES.find((known) => known === query['rule']) ?? null;
    const page = await this.queries.list({ state, rule }, query['after']);
    const filters = { state, rule };
    return {
      alarms: await this.alarms.open(),
      filters,
      filtered: Boolean(state ?? rule),
      states: STATES.map((name) => ({
        name,
        current: name === state,
        path: addressOf(PATH, { ...filters, state: name === state ? null : name }),
      })),
      rules: RULE_CODES,
      alerts: page.rows.map((row) => alertView(row, language)),
      ...pagePaths(PATH, filters, query, page),
    };
  }

  async alert(id: string, language: Language): Promise<object> {
    const alert = await this.queries.find(id);
    if (!alert) throw new DomainError('not_found', 'not_found');
    const receipts = await this.queries.receipts(alert);
    return {
      alert: alertView(alert, language),
      receipts,
      cashiers: countsOf(receipts.flatMap(({ cashier }) => cashier ?? [])),
      history: addressOf('/admin/audit', { kind: 'alert', object: id }),
    };
  }

  async limitsPage(): Promise<object> {
    const limits = await this.limits.list();
    return {
      limits: limits.map(({ code, measure, threshold, watched, blocks }) => ({
        ...{ code, blocks, blocksName: `blocks_${code}` },
        unit: measure === 'receipts' ? 'receipts' : 'points',
        value: watched ? String(measure === 'receipts' ? threshold : threshold / 100n) : '0',
      })),
    };
  }
}

function alertView(row: AlertRow, language: Language): object {
  const rule = ruleOf(row.rule);
  return {
    ...row,
    open: row.state === 'open',
    figure: figureOf(rule, row.value, language),
    limit: figureOf(rule, row.threshold, language),
    tag: ALERT_TAGS[row.state],
  };
}

function figureOf({ measure }: VelocityRule, value: string, language: Language): string {
  return measure === 'receipts' ? formatInteger(BigInt(value), language) : formatPoints(BigInt(value), language);
}

/** Who appears how often, the most frequent first. */
function countsOf(names: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count);
}
