import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Config } from '../../infra/config/config.js';
import { allowLonger, Database } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { dayIn } from '../days.js';
import { addressOf, type PageQuery, textOf } from '../page-query.js';
import { StationQueries } from '../queries/stations.queries.js';
import { csvOf } from './csv-file.js';
import { usualPeriods } from './filters.js';
import { LONGEST_DAYS, readAsOf, readPeriod } from './period.js';
import { type Report, type ReportKind, type ReportRequest } from './report.js';
import { reportView } from './report-view.js';
import { REPORTS } from './reports.js';
import { xlsxOf } from './xlsx-file.js';

/** Reports read much: more than a page may, and never without end. */
const STATEMENT_TIMEOUT_MS = 30_000;

export interface ReportFile {
  name: string;
  type: string;
  content: Buffer;
}

/** Reports for managers and accountants (product B7): each a page, a CSV for each of its tables, and a workbook. */
@Injectable()
export class ReportDesk {
  constructor(
    private readonly database: Database,
    private readonly stations: StationQueries,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async page(kind: ReportKind, query: PageQuery, language: Language): Promise<object> {
    const request = this.requestOf(kind, query, language);
    const report = await this.build(kind, request);
    const filters = filtersOf(kind, request);
    const path = `/admin/reports/${kind.name}`;
    return {
      report: kind.name,
      tabs: REPORTS.map((other) => ({ name: other.name, current: other === kind })),
      asks: { period: kind.asks === 'period', day: kind.asks === 'day', station: kind.stations },
      filters,
      period: request.period,
      asOf: request.asOf,
      shortened: (kind.asks === 'day' ? request.asOf : request.period)?.shortened ? LONGEST_DAYS : null,
      today: dayIn(request.zone, request.now),
      usual: kind.asks === 'period' ? usualPeriods(path, request) : [],
      stations: kind.stations ? await this.stations.list() : [],
      downloads: addressOf(`${path}/downloads`, filters),
      ...reportView(report, kind.name, request),
    };
  }

  /** The same figures as a file. Who took them is on record. */
  async download(
    kind: ReportKind,
    query: PageQuery,
    { format, section }: { format: 'csv' | 'xlsx'; section?: string | undefined },
    { clerk, language }: { clerk: Actor; language: Language },
  ): Promise<ReportFile> {
    const request = this.requestOf(kind, query, language);
    const report = await this.build(kind, request);
    const file = await fileOf(report, kind, request, format, section);
    await this.audit.record(this.database, {
      actor: clerk,
      action: 'report.downloaded',
      object: { kind: 'report', id: kind.name },
      facts: { format, ...(format === 'csv' ? { section } : {}), ...filtersOf(kind, request) },
    });
    return file;
  }

  /** All figures of a report are of one instant. */
  private build(kind: ReportKind, request: ReportRequest): Promise<Report> {
    return this.database.transaction(async (sql) => {
      await sql.query('set transaction isolation level repeatable read, read only');
      await allowLonger(sql, STATEMENT_TIMEOUT_MS);
      return kind.build(sql, request);
    });
  }

  private requestOf(kind: ReportKind, query: PageQuery, language: Language): ReportRequest {
    const [zone, now] = [this.config.timeZone, this.clock.now()];
    const station = textOf(query, 'station');
    return {
      period: readPeriod(query, kind.usual, zone, now),
      asOf: kind.asks === 'day' ? readAsOf(query['day'], zone, now) : null,
      stationId: kind.stations && isUUID(station) ? station : null,
      ...{ zone, now, language },
    };
  }
}

function filtersOf({ asks }: ReportKind, { asOf, period, stationId }: ReportRequest) {
  if (asks === 'day') return { day: asOf?.day ?? null };
  return { from: period.from, to: period.to, ...(stationId ? { station: stationId } : {}) };
}

async function fileOf(
  report: Report,
  { name, asks }: ReportKind,
  { asOf, period, zone, now, language }: ReportRequest,
  format: 'csv' | 'xlsx',
  sectionName?: string,
): Promise<ReportFile> {
  const when = asks === 'day' ? (asOf?.day ?? dayIn(zone, now)) : `${period.from}_${period.to}`;
  if (format === 'xlsx') {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return { name: `${name}_${when}.xlsx`, type, content: await xlsxOf(report, name, language) };
  }
  const section = report.sections.find((known) => known.name === sectionName);
  if (!section) throw new DomainError('not_found', 'not_found');
  return {
    name: `${name}-${section.name}_${when}.csv`,
    type: 'text/csv; charset=utf-8',
    content: csvOf(section, language),
  };
}
