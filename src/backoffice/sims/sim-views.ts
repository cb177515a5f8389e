import { maskedIccid } from '../../sims/iccid/iccid.js';
import { type Field, SECRET_FIELDS } from '../../sims/import/file-layout.js';
import { isHeld, mayBecome, type SimState } from '../../sims/stock/sim-state.js';
import type { StaffRole } from '../../infra/web/viewer.js';
import { formatPhone } from '../../shared/phone.js';
import { maskedPhone } from '../masked-phone.js';
import type { SimRow } from './sim-list.queries.js';

const TAGS: Record<SimState, string | null> = {
  in_stock: 'success',
  reserved: 'warning',
  assigned: null,
  returned: 'warning',
  written_off: null,
};
export const KEEPERS: readonly (StaffRole | null | undefined)[] = ['admin', 'manager'];

export function stateTag(state: SimState): string | null {
  return TAGS[state];
}

/** A number in stock is ware; one that lives is its customer's. */
function shownNumber(number: string | null, state: SimState): string | null {
  if (number === null) return null;
  return state === 'in_stock' || state === 'reserved' ? formatPhone(number) : maskedPhone(number);
}

/** A card on a list or on its own page; never its whole ICCID. */
export function simView(row: Pick<SimRow, 'iccid' | 'number' | 'state' | 'office' | 'holder'>): object {
  const { iccid, ...rest } = row;
  return {
    ...rest,
    maskedIccid: maskedIccid(iccid),
    shownNumber: shownNumber(row.number, row.state),
    tag: stateTag(row.state),
    place: row.office ?? row.holder,
  };
}

/** What can be done with a card as it is. */
export function simActions(state: SimState, role: StaffRole | null | undefined): Record<string, boolean> {
  const keeper = KEEPERS.includes(role);
  const writeOff = keeper && isHeld(state) && mayBecome(state, 'written_off');
  return { move: isHeld(state), writeOff, restock: keeper && state === 'returned', reveal: keeper };
}

const HIDDEN = '••••';

/** A row of an operator's file, fit to be looked at: columns are told apart, cards and their secrets are not. */
export function previewCells(cells: readonly string[], columns: readonly (Field | null)[]): string[] {
  return cells.map((cell, place) => {
    const field = columns[place] ?? null;
    if (SECRET_FIELDS.includes(field) || /^lpa:/i.test(cell) || (field === null && /^\d{4,8}$/.test(cell))) {
      return cell === '' ? '' : HIDDEN;
    }
    const digits = cell.replace(/\D/g, '');
    return digits.length >= 17 ? `${cell.replace(/[\sf]/gi, '').slice(0, 15)}${HIDDEN}` : cell.slice(0, 60);
  });
}
