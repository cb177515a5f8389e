import { Injectable } from '@nestjs/common';
import type { Sql } from '../../infra/database/sql.js';
import { maskedIccid } from '../iccid/iccid.js';
import { type SimWish, wishSql } from './sim-wish.js';
import type { SimKind } from './sim-state.js';

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

const MOST = 50;

/** Finds cards for the order desk. */
@Injectable()
export class SimCandidates {
  /** What is in stock and fits, what lies at the wanted office first, then oldest first, fifty at most. Nothing is held: only `SimStock.reserve` does that. */
  async find(sql: Sql, wish: SimWish): Promise<SimCandidate[]> {
    const { where, params } = wishSql(wish);
    const rows = await sql.query<CandidateRow>(
      `select s.id, s.iccid, s.kind, s.number, s.tariff_name, s.region, s.price_kopecks, o.name as office, h.name as holder
       from sim_card s left join office o on o.id = s.office_id left join staff h on h.id = s.holder_id
       where ${where} order by (s.office_id = $${params.length + 1}::uuid) desc nulls last, s.id limit ${MOST}`,
      [...params, wish.firstAt ?? null],
    );
    return rows.map((row) => ({
      ...{ id: row.id, maskedIccid: maskedIccid(row.iccid), kind: row.kind, number: row.number },
      ...{ tariffName: row.tariff_name, region: row.region, office: row.office, holder: row.holder },
      priceKopecks: row.price_kopecks === null ? null : BigInt(row.price_kopecks),
    }));
  }
}
