import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { differencesOf } from '../tariff-difference.js';
import { SAID_BY_NOBODY, type TariffTerms, termsOf } from '../tariff-terms.js';
import { TariffVersion } from '../tariff-version.entity.js';
import { Tariff } from '../tariff.entity.js';
import { draftOf, versionInForce, versionsAhead } from '../version-in-force.js';
import type { ReadRow, RowFault } from './tariff-rows.js';

/** A row that would change something: a new tariff, or new terms of one that there is. */
export interface Change {
  row: number;
  slug: string;
  operatorId: string;
  tariffId: string | null;
  /** Of the tariff's newest version: whether the file was compared with what there is still. */
  number: number;
  before: TariffTerms | null;
  terms: TariffTerms;
}

export interface Comparison {
  changes: Change[];
  unchanged: number;
  faults: RowFault[];
}

interface Known {
  tariff: Tariff;
  versions: TariffVersion[];
}

/** Compares what a file says with the tariffs that there are. */
@Injectable()
export class FileComparison {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async compare(rows: readonly ReadRow[]): Promise<Comparison> {
    const known = await this.known(rows.map(({ slug }) => slug));
    const comparison: Comparison = { changes: [], unchanged: 0, faults: [] };
    const seen = new Set<string>();
    for (const row of rows) {
      const code = seen.has(row.slug) ? 'slug_twice' : faultOf(row, known.get(row.slug));
      seen.add(row.slug);
      if (code !== null) comparison.faults.push({ row: row.row, column: 'slug', code });
      else this.add(comparison, row, known.get(row.slug));
    }
    return comparison;
  }

  private add(comparison: Comparison, { row, slug, operatorId, terms }: ReadRow, known: Known | undefined): void {
    const before = known ? this.termsNow(known) : null;
    const after = { ...(before ?? SAID_BY_NOBODY), ...terms };
    // The file has no column for it, and a phone tariff cannot have it.
    if (after.audience !== 'corporate') after.forPersons = false;
    if (before && differencesOf(before, after).length === 0) {
      comparison.unchanged++;
      return;
    }
    if (known && draftOf(known.versions)) {
      comparison.faults.push({ row, column: 'slug', code: 'has_draft' });
      return;
    }
    const number = known?.versions[0]?.number ?? 0;
    const tariffId = known?.tariff.id ?? null;
    comparison.changes.push({ row, slug, operatorId, tariffId, number, before, terms: after });
  }

  private termsNow({ versions }: Known): TariffTerms | null {
    const now = this.clock.now();
    const version = versionInForce(versions, now) ?? versionsAhead(versions, now)[0] ?? versions[0];
    return version ? termsOf(version) : null;
  }

  private async known(slugs: readonly string[]): Promise<Map<string, Known>> {
    const em = this.em.fork();
    const tariffs = await em.find(Tariff, { slug: { $in: [...slugs] } });
    const ids = tariffs.map(({ id }) => id);
    const versions = await em.find(TariffVersion, { tariffId: { $in: ids } }, { orderBy: { number: 'desc' } });
    const byTariff = Map.groupBy(versions, ({ tariffId }) => tariffId);
    return new Map(tariffs.map((tariff) => [tariff.slug, { tariff, versions: byTariff.get(tariff.id) ?? [] }]));
  }
}

/** Why the row may not touch the tariff that there is. */
function faultOf({ operatorId }: ReadRow, known: Known | undefined): string | null {
  if (!known) return null;
  if (known.tariff.operatorId !== operatorId) return 'other_operator';
  return known.tariff.state === 'archived' ? 'archived' : null;
}
