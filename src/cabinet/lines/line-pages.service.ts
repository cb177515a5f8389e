import { Injectable } from '@nestjs/common';
import type { Language } from '../../infra/i18n/texts.js';
import { CompanyQueries } from '../../customers/companies/companies.queries.js';
import { LineNotFound } from '../../lines/lines.errors.js';
import { CompanyLineQueries } from '../../lines/users/company-lines.queries.js';
import { companyLineView } from '../../lines/users/company-line-view.js';
import { Papers } from '../../papers/papers.service.js';
import { TariffReader } from '../../tariffs/tariff-reader.service.js';
import type { TariffVersion } from '../../tariffs/tariff-version.entity.js';
import { packagesOf } from '../../tariffs/words/tariff-card.js';
import { LineQueries, type LineRow } from './line.queries.js';
import { LineRequestViews } from './line-request-views.service.js';

export interface LineView extends LineRow {
  tag: 'success' | 'warning' | 'none';
}

const TAGS = { handed_over: 'warning', active: 'success', suspended: 'warning', ended: 'none' } as const;

/** `/cabinet/lines`: the numbers, and each with its tariff, what was asked of its operator and its history. */
@Injectable()
export class LinePages {
  constructor(
    private readonly queries: LineQueries,
    private readonly requests: LineRequestViews,
    private readonly tariffs: TariffReader,
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

  /** So many of the live ones, for the cabinet's first page. */
  async first(customerId: string, most: number): Promise<LineView[]> {
    const rows = await this.queries.list(customerId, most);
    return rows.filter(({ state }) => state !== 'ended').map(lineView);
  }

  /** Throws LineNotFound, also for a line of somebody else. */
  async show(customerId: string, lineId: string, language: Language): Promise<object> {
    const line = await this.queries.find(customerId, lineId);
    if (!line) throw new LineNotFound();
    const [papers, happenings, requests, company, versions] = await Promise.all([
      line.order_id === null ? [] : this.papers.ofSubject(line.order_id),
      this.queries.happenings(lineId),
      this.requests.ofLine(line, language),
      this.companyLine(customerId, lineId),
      this.tariffs.versionsById([line.tariff_version_id]),
    ]);
    return {
      ...{ line: lineView(line), company },
      ...{ papers, happenings, terms: termsOf(versions.get(line.tariff_version_id)!, language) },
      ...requests,
    };
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

function termsOf(version: TariffVersion, language: Language): object {
  const { extras, conditions } = version;
  const paragraphs = (conditions ?? '').split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  return { packages: packagesOf(version, language), extras, conditions: paragraphs };
}
