import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { maskedIccid } from '../iccid/iccid.js';
import { type SimWish, wishSql } from './sim-wish.js';
import type { SimKind, SimState } from './sim-state.js';

/** A card that an order may take. */
export interface SimCandidate {
  id: string;
  /** Without its last four digits: whoever takes the card reads them off the plastic. */
  maskedIccid: string;
  kind: SimKind;
  number: string | null;
  tariffName: string | null;
  region: string | null;
  priceKopecks: bigint | null;
  office: string | null;
  holder: string | null;
}

interface CandidateRow {
  id: string;
  iccid: string;
  kind: SimKind;
  number: string | null;
  tariff_name: string | null;
  region: string | null;
  price_kopecks: string | null;
  office: string | null;
  holder: string | null;
}

/** The card that a clerk holds, and why it cannot be taken: `sims:notChosen.<code>`. */
export interface SimChoice {
  cards: SimCandidate[];
  missing: string | null;
}

/** What a card that was named by its ICCID is wanted for. */
export type NamedSimWish = Pick<SimWish, 'operatorId' | 'numberKind'> & Partial<Pick<SimWish, 'kind'>>;

interface NamedRow extends CandidateRow {
  operator_id: string;
  number_kind: string;
  state: SimState;
}

const MOST = 50;
const CARD = `
  s.id, s.iccid, s.kind, s.number, s.tariff_name, s.region, s.price_kopecks, o.name as office, h.name as holder`;
const PLACES = 'left join office o on o.id = s.office_id left join staff h on h.id = s.holder_id';

/** Finds cards for the order desk. */
@Injectable()
export class SimCandidates {
  /** What is in stock and fits, what lies at the wanted office first, then oldest first, fifty at most. Nothing is held: only `SimStock.reserve` does that. */
  async find(sql: Sql, wish: SimWish): Promise<SimCandidate[]> {
    const { where, params } = wishSql(wish);
    const rows = await sql.query<CandidateRow>(
      `select ${CARD} from sim_card s ${PLACES} where ${where}
       order by (s.office_id = $${params.length + 1}::uuid) desc nulls last, s.id limit ${MOST}`,
      [...params, wish.firstAt ?? null],
    );
    return rows.map(candidate);
  }

  /** The one card with this ICCID, where it fits; `bodies` are what a spelling may stand for. */
  async named(sql: Sql, wish: NamedSimWish, bodies: readonly string[]): Promise<SimChoice> {
    const [row] = await sql.query<NamedRow>(
      `select ${CARD}, s.operator_id, s.number_kind, s.state from sim_card s ${PLACES}
       where s.iccid_body = any($1::text[]) order by length(s.iccid_body) desc limit 1`,
      [bodies],
    );
    const missing = row ? misfit(row, wish) : 'unknown';
    return { cards: row && missing === null ? [candidate(row)] : [], missing };
  }
}

function misfit(row: NamedRow, { operatorId, kind, numberKind }: NamedSimWish): string | null {
  if (row.operator_id !== operatorId) return 'foreign';
  if (row.state !== 'in_stock') return row.state;
  if (kind !== undefined && row.kind !== kind) return 'kind';
  return numberKind !== undefined && row.number_kind !== numberKind ? 'numbered' : null;
}

function candidate(row: CandidateRow): SimCandidate {
  return {
    ...{ id: row.id, maskedIccid: maskedIccid(row.iccid), kind: row.kind, number: row.number },
    ...{ tariffName: row.tariff_name, region: row.region, office: row.office, holder: row.holder },
    priceKopecks: row.price_kopecks === null ? null : BigInt(row.price_kopecks),
  };
}
