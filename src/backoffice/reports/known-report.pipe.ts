import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '../../shared/domain-error.js';
import type { ReportKind } from './report.js';
import { REPORTS } from './reports.js';

/** The report of an address; what is none is not found. */
@Injectable()
export class KnownReport implements PipeTransform<string, ReportKind> {
  transform(name: string): ReportKind {
    const kind = REPORTS.find((known) => known.name === name);
    if (!kind) throw new DomainError('not_found', 'not_found');
    return kind;
  }
}
