import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { SimSeal } from '../secrets/sim-seal.service.js';
import { expectOpenPlace } from '../stock/place.js';
import { FileCheck } from './file-check.service.js';
import type { FileLayout } from './file-layout.js';
import { type Delivery, SimReceiving } from './sim-receiving.service.js';
import type { IssuerRules } from './sim-rows.js';
import { guessLayout, lineCount } from './sim-file.js';

export interface NewUpload {
  fileName: string;
  bytes: Uint8Array;
  operatorId: string;
  officeId: string;
  /** What the delivery is called; else its number. */
  party: string | null;
}

export interface ImportLayout extends FileLayout {
  /** The price of cards whose row names none. */
  priceKopecks: string | null;
}

interface ImportRow {
  id: string;
  number: number;
  state: 'uploaded' | 'checked' | 'imported';
  operator_id: string;
  office_id: string;
  party: string | null;
  layout: ImportLayout;
  file_sealed: Buffer | null;
  iccid_digits: 19 | 20 | null;
  iccid_prefixes: string[];
}

const SHOWN_FAULTS = 200;
/** A hundred thousand cards take some seconds, and a second import waits for the first. */
const LONG = { statementTimeoutMs: 60_000 };

/** An operator's file on its way into the stock: kept, read in the way staff say, checked, imported. */
@Injectable()
export class SimImports {
  constructor(
    private readonly database: Database,
    private readonly check: FileCheck,
    private readonly receiving: SimReceiving,
    private readonly seal: SimSeal,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Keeps the file with a guess of how it is read; returns the import's id. Throws `sim_file_empty`, `sim_file_binary`, `sim_file_broken`. */
  async upload({ fileName, bytes, operatorId, officeId, party }: NewUpload, actor: Actor): Promise<string> {
    const layout: ImportLayout = { ...(await guessLayout(bytes)), priceKopecks: null };
    const id = newId();
    await this.database.transaction(async (sql) => {
      await expectOpenPlace(sql, { kind: 'office', id: officeId }, 'officeId');
      const [operator] = await sql.query('select 1 from operator where id = $1', [operatorId]);
      if (!operator) throw new InvalidInput([{ path: 'operatorId', code: 'choose' }]);
      await sql.query(
        `insert into sim_import (id, file_name, operator_id, office_id, party, file_sealed, layout, row_count, uploaded_by, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[id, fileName, operatorId, officeId, party, this.seal.seal('file', id, bytes), JSON.stringify(layout)],
          ...[lineCount(bytes), actor.id ?? null, this.clock.now()],
        ],
      );
      await this.record(sql, actor, 'uploaded', id);
    }, LONG);
    return id;
  }

  /** Reads the file in this way and writes down what would come in. Throws `sim_import_not_found`, `sim_import_done`, `sim_columns_iccid`, `sim_columns_twice`. */
  async dryRun(id: string, layout: ImportLayout, actor: Actor): Promise<void> {
    expectSoundColumns(layout);
    const row = await findImport(this.database, id);
    const file = await this.check.read(this.database, this.fileOf(row), layout, issuerOf(row));
    await this.database.transaction(async (sql) => {
      const [updated] = await sql.query(
        `update sim_import set state = 'checked', layout = $2, row_count = $3, ready_count = $4, doubt_count = $5,
           fault_count = $6, faults = $7
         where id = $1 and state <> 'imported' returning 1`,
        [
          ...[id, JSON.stringify(layout), file.rowCount, file.ready.length, file.doubtful.length, file.faultCount],
          JSON.stringify(file.faults.slice(0, SHOWN_FAULTS)),
        ],
      );
      if (!updated) throw new DomainError('sim_import_done', 'conflict');
      const facts = { rows: file.rowCount, ready: file.ready.length, faults: file.faultCount };
      await this.record(sql, actor, 'checked', id, facts);
    });
  }

  /**
   * Takes the cards of a checked file into the stock, all in one transaction, as the file and the stock are now; rows that are
   * only doubtful with a reason alone. Throws `sim_import_not_found`, `sim_import_unchecked`, `sim_import_done`.
   */
  importChecked(id: string, overrideReason: string | null, actor: Actor): Promise<number> {
    return this.database.transaction(async (sql) => {
      const row = await this.lockChecked(sql, id);
      const file = await this.check.read(sql, this.fileOf(row), row.layout, issuerOf(row));
      const sims = overrideReason === null ? file.ready : [...file.ready, ...file.doubtful];
      const added = await this.receiving.receive(sql, deliveryOf(row), sims, actor);
      await sql.query(
        `update sim_import set state = 'imported', file_sealed = null, added_count = $2, override_reason = $3, imported_by = $4,
           imported_at = $5 where id = $1`,
        [id, added, overrideReason, actor.id ?? null, this.clock.now()],
      );
      const facts = { added, doubtful: overrideReason === null ? 0 : file.doubtful.length };
      await this.record(sql, actor, 'imported', id, facts);
      return added;
    }, LONG);
  }

  /** What the file says, for its preview. Throws `sim_import_not_found`, `sim_import_done`. */
  async bytes(id: string): Promise<Buffer> {
    return this.fileOf(await findImport(this.database, id));
  }

  /** One import at a time, so that two never wait for each other's cards. */
  private async lockChecked(sql: Sql, id: string): Promise<ImportRow> {
    await sql.query(`select set_config('lock_timeout', '60s', true)`);
    await sql.query(`select pg_advisory_xact_lock(hashtext('sim_import'))`);
    const row = await findImport(sql, id, 'for update of i');
    if (row.state === 'uploaded') throw new DomainError('sim_import_unchecked', 'conflict');
    await expectOpenPlace(sql, { kind: 'office', id: row.office_id });
    return row;
  }

  private fileOf({ id, file_sealed }: ImportRow): Buffer {
    if (!file_sealed) throw new DomainError('sim_import_done', 'conflict');
    return this.seal.open('file', id, file_sealed);
  }

  private record(sql: Sql, actor: Actor, verb: string, id: string, facts: Record<string, unknown> = {}): Promise<void> {
    return this.audit.record(sql, { actor, action: `sim_import.${verb}`, object: { kind: 'sim_import', id }, facts });
  }
}

async function findImport(sql: Sql, id: string, lock = ''): Promise<ImportRow> {
  const [row] = await sql.query<ImportRow>(
    `select i.id, i.number, i.state, i.operator_id, i.office_id, i.party, i.layout, i.file_sealed, o.iccid_digits,
            o.iccid_prefixes
     from sim_import i join operator o on o.id = i.operator_id where i.id = $1 ${lock}`,
    [id],
  );
  if (!row) throw new DomainError('sim_import_not_found', 'not_found');
  return row;
}

function issuerOf({ iccid_digits, iccid_prefixes }: ImportRow): IssuerRules {
  return { digits: iccid_digits, prefixes: iccid_prefixes };
}

function deliveryOf({ id, operator_id, office_id, party, number, layout }: ImportRow): Delivery {
  const priceKopecks = layout.priceKopecks === null ? null : BigInt(layout.priceKopecks);
  return {
    ...{ operatorId: operator_id, officeId: office_id, party: party ?? String(number) },
    ...{ priceKopecks, importId: id },
  };
}

function expectSoundColumns({ columns }: FileLayout): void {
  if (!columns.includes('iccid')) throw new DomainError('sim_columns_iccid', 'invalid', { field: 'columns' });
  const named = columns.filter((field) => field !== null);
  if (new Set(named).size < named.length) throw new DomainError('sim_columns_twice', 'invalid', { field: 'columns' });
}
