import { Injectable } from '@nestjs/common';
import { CompanyQueries } from '../../customers/companies/companies.queries.js';
import { LineNotFound } from '../../lines/lines.errors.js';
import { CompanyLineQueries } from '../../lines/users/company-lines.queries.js';
import { companyLineView } from '../../lines/users/company-line-view.js';
import { Papers } from '../../papers/papers.service.js';
import { LineQueries, type LineRow } from './line.queries.js';

export interface LineView extends LineRow {
  tag: 'success' | 'warning' | 'none';
}

const TAGS = { handed_over: 'warning', active: 'success', suspended: 'warning', ended: 'none' } as const;

/** `/cabinet/lines`: the numbers, and each with its tariff and history. */
@Injectable()
export class LinePages {
  constructor(
    private readonly queries: LineQueries,
    private readonly papers: Papers,
    private readonly companies: CompanyQueries,
    private readonly companyLines: CompanyLineQueries,
  ) {}

  async list(customerId: string): Promise<object> {
    const [rows, company] = await Promise.all([this.queries.list(customerId), this.companies.of(customerId)]);
    const [first] = rows;
    return {
      company,
      live: rows.filter(({ state }) => state !== 'ended').map(lineView),
      ended: rows.filter(({ state }) => state === 'ended').map(lineView),
      account: first ? { number: first.account_number, balanceKopecks: first.balance_kopecks } : null,
    };
  }

  /** Throws LineNotFound, also for a line of somebody else. */
  async show(customerId: string, lineId: string): Promise<object> {
    const line = await this.queries.find(customerId, lineId);
    if (!line) throw new LineNotFound();
    const papers = line.order_id === null ? [] : await this.papers.ofSubject(line.order_id);
    const company = await this.companyLine(customerId, lineId);
    return { line: lineView(line), company, happenings: await this.queries.happenings(lineId), papers };
  }

  /** Who uses it and how far ESIA is; null where the customer is no company, and of a line that has ended. */
  private async companyLine(customerId: string, lineId: string): Promise<object | null> {
    const line = (await this.companies.of(customerId)) && (await this.companyLines.find(customerId, lineId));
    return line && companyLineView(line);
  }
}

function lineView(row: LineRow): LineView {
  return { ...row, tag: TAGS[row.state] };
}
