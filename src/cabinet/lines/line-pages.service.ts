import { Injectable } from '@nestjs/common';
import { LineNotFound } from '../../lines/lines.errors.js';
import { LineQueries, type LineRow } from './line.queries.js';

export interface LineView extends LineRow {
  tag: 'success' | 'warning' | 'none';
}

const TAGS = { handed_over: 'warning', active: 'success', suspended: 'warning', ended: 'none' } as const;

/** `/cabinet/lines`: the numbers, and each with its tariff and history. */
@Injectable()
export class LinePages {
  constructor(private readonly queries: LineQueries) {}

  async list(customerId: string): Promise<object> {
    const rows = await this.queries.list(customerId);
    const [first] = rows;
    return {
      live: rows.filter(({ state }) => state !== 'ended').map(lineView),
      ended: rows.filter(({ state }) => state === 'ended').map(lineView),
      account: first ? { number: first.account_number, balanceKopecks: first.balance_kopecks } : null,
    };
  }

  /** Throws LineNotFound, also for a line of somebody else. */
  async show(customerId: string, lineId: string): Promise<object> {
    const line = await this.queries.find(customerId, lineId);
    if (!line) throw new LineNotFound();
    return { line: lineView(line), happenings: await this.queries.happenings(lineId) };
  }
}

function lineView(row: LineRow): LineView {
  return { ...row, tag: TAGS[row.state] };
}
