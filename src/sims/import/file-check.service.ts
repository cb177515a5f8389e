import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { possibleBodies } from '../iccid/iccid.js';
import type { FileLayout } from './file-layout.js';
import { rowsOf } from './sim-file.js';
import { type IssuerRules, type NewSim, readSimRow, type RowFault } from './sim-rows.js';

/** What a file would bring, and why not all of it. */
export interface CheckedFile {
  rowCount: number;
  ready: NewSim[];
  /** Rows with nothing but doubts: staff decide. */
  doubtful: NewSim[];
  /** Rows that are wrong. */
  faultCount: number;
  /** In the order of the file. */
  faults: RowFault[];
}

interface ReadRow {
  line: number;
  sim: NewSim;
  doubt: boolean;
}

const AT_ONCE = 5000;

/** Reads a file without changing anything: its own rows, doubles within it, and what is in stock already. */
@Injectable()
export class FileCheck {
  async read(sql: Sql, bytes: Uint8Array, layout: FileLayout, issuer: IssuerRules): Promise<CheckedFile> {
    const { rowCount, rows, faults } = await readRows(bytes, layout, issuer);
    const first = withoutDoubles(rows, faults);
    const left = await this.withoutKnown(sql, first, faults);
    const wrong = new Set(faults.filter(({ doubt }) => !doubt).map(({ line }) => line));
    return {
      ...{ rowCount, faultCount: wrong.size },
      ready: left.flatMap(({ sim, doubt }) => (doubt ? [] : sim)),
      doubtful: left.flatMap(({ sim, doubt }) => (doubt ? sim : [])),
      faults: faults.sort((one, other) => one.line - other.line),
    };
  }

  private async withoutKnown(sql: Sql, rows: ReadRow[], faults: RowFault[]): Promise<ReadRow[]> {
    const left: ReadRow[] = [];
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      const some = rows.slice(start, start + AT_ONCE);
      const [cards, numbers] = await Promise.all([knownCards(sql, some), knownNumbers(sql, some)]);
      for (const row of some) {
        const { line, sim } = row;
        const card = cards.bodies.has(sim.body) || cards.bodies.has(sim.iccid) || cards.iccids.has(sim.body);
        const number = sim.number !== null && numbers.has(sim.number);
        if (card) faults.push({ line, column: 'iccid', code: 'iccid_known', doubt: false });
        else if (number) faults.push({ line, column: 'number', code: 'number_known', doubt: false });
        else left.push(row);
      }
    }
    return left;
  }
}

async function readRows(
  bytes: Uint8Array,
  layout: FileLayout,
  issuer: IssuerRules,
): Promise<{ rowCount: number; rows: ReadRow[]; faults: RowFault[] }> {
  const [rows, faults]: [ReadRow[], RowFault[]] = [[], []];
  let rowCount = 0;
  for await (const row of rowsOf(bytes, layout)) {
    rowCount++;
    const read = readSimRow(row, layout, issuer);
    faults.push(...read.faults);
    if (read.sim) rows.push({ line: row.line, sim: read.sim, doubt: read.faults.length > 0 });
  }
  return { rowCount, rows, faults };
}

/** The first of those that are the same card, or have the same number, stays. */
function withoutDoubles(rows: readonly ReadRow[], faults: RowFault[]): ReadRow[] {
  const [bodies, numbers] = [new Map<string, number>(), new Map<string, number>()];
  return rows.filter(({ line, sim }) => {
    const sameCard = bodies.get(sim.body);
    const sameNumber = sim.number === null ? undefined : numbers.get(sim.number);
    if (sameCard !== undefined) {
      faults.push({ line, column: 'iccid', code: 'iccid_twice', doubt: false, other: sameCard });
    } else if (sameNumber !== undefined) {
      faults.push({ line, column: 'number', code: 'number_twice', doubt: false, other: sameNumber });
    } else {
      bodies.set(sim.body, line);
      if (sim.number !== null) numbers.set(sim.number, line);
    }
    return sameCard === undefined && sameNumber === undefined;
  });
}

/** The same card may have come with a check digit that was taken for part of its number, or without one. */
async function knownCards(sql: Sql, rows: readonly ReadRow[]): Promise<{ bodies: Set<string>; iccids: Set<string> }> {
  const known = await sql.query<{ iccid: string; iccid_body: string }>(
    `select iccid, iccid_body from sim_card where iccid_body = any($1::text[])
     union all select iccid, iccid_body from sim_card where iccid collate "C" = any($2::text[])`,
    [rows.flatMap(({ sim }) => possibleBodies(sim.iccid)), rows.map(({ sim }) => sim.body)],
  );
  return {
    bodies: new Set(known.map((card) => card.iccid_body)),
    iccids: new Set(known.map((card) => card.iccid)),
  };
}

async function knownNumbers(sql: Sql, rows: readonly ReadRow[]): Promise<Set<string>> {
  const known = await sql.query<{ number: string }>(
    `select number from sim_card where number = any($1::text[]) and state in ('in_stock', 'reserved', 'assigned')`,
    [rows.flatMap(({ sim }) => sim.number ?? [])],
  );
  return new Set(known.map(({ number }) => number));
}
