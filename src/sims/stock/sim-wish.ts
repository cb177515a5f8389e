import { searchableNumber } from './number-pattern.js';
import type { Place } from './place.js';
import type { SimKind } from './sim-state.js';

/** What a card in stock should be like; what is left out does not matter. */
export interface SimWish {
  operatorId: string;
  kind: SimKind;
  numberKind?: 'static' | 'dynamic';
  region?: string;
  place?: Place;
  /** Cards that lie at this office come first. */
  firstAt?: string;
  /** Ten digits after +7, `?` for any; or the last digits alone. */
  numberPattern?: string;
}

/** As a condition on `sim_card s`. */
export function wishSql(wish: SimWish): { where: string; params: unknown[] } {
  const params: unknown[] = [wish.operatorId, wish.kind];
  const where = [`s.operator_id = $1`, `s.state = 'in_stock'`, `s.kind = $2`];
  if (wish.numberKind) where.push(`s.number_kind = $${params.push(wish.numberKind)}`);
  if (wish.region) where.push(`s.region = $${params.push(wish.region)}`);
  if (wish.place) {
    const column = wish.place.kind === 'office' ? 'office_id' : 'holder_id';
    where.push(`s.${column} = $${params.push(wish.place.id)}`);
  }
  if (wish.numberPattern !== undefined) {
    where.push(`reverse(s.number) collate "C" like $${params.push(searchableNumber(wish.numberPattern))}`);
  }
  return { where: where.join(' and '), params };
}
