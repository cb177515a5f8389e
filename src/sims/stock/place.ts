import type { Sql } from '../../infra/database/sql.js';
import { InvalidInput } from '../../shared/domain-error.js';

/** Where a card lies: at an office, or with one of us who carries it. */
export type Place = { kind: 'office'; id: string } | { kind: 'staff'; id: string };

const PLACE = /^(office|staff):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** `office:0190…` as forms and addresses say it, or null. */
export function readPlace(text: unknown): Place | null {
  const [, kind, id] = (typeof text === 'string' && PLACE.exec(text)) || [];
  return kind && id ? { kind: kind as Place['kind'], id } : null;
}

/** Throws InvalidInput for an office that is closed and for whoever no longer works here. Holds them so until the transaction ends. */
export async function expectOpenPlace(sql: Sql, place: Place, field = 'place'): Promise<void> {
  const [found] =
    place.kind === 'office'
      ? await sql.query('select 1 from office where id = $1 and closed_at is null for share', [place.id])
      : await sql.query('select 1 from staff where id = $1 and disabled_at is null for share', [place.id]);
  if (!found) throw new InvalidInput([{ path: field, code: 'sim_place_unknown' }]);
}

/** As the two columns of a card: office, holder. */
export function placeColumns(place: Place | null): [officeId: string | null, holderId: string | null] {
  return [place?.kind === 'office' ? place.id : null, place?.kind === 'staff' ? place.id : null];
}
