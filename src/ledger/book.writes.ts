import type { WriteSet } from '../infra/database/write-set.js';
import { type AccountState, heldOn } from './account-state.js';
import type { Book } from './book.js';
import type { PostedHold } from './posting.js';

/** Turns what was posted in a book into rows. */
export function writeBook(book: Book, writes: WriteSet): void {
  for (const transfer of book.transfers) {
    writes.insert('transfer', TRANSFER_COLUMNS, {
      ...{ id: transfer.id, kind: transfer.kind, from_account_id: transfer.from, to_account_id: transfer.to },
      ...{ amount: transfer.amount, subject_id: transfer.subjectId, occurred_at: transfer.occurredAt },
    });
  }
  for (const { lot, ...row } of book.newLots) {
    book.drawnLots.delete(lot.id);
    writes.insert('lot', LOT_COLUMNS, {
      ...{ id: lot.id, account_id: row.accountId, transfer_id: row.transferId, origin_lot_id: row.originLotId },
      ...{ amount: row.amount, remaining: lot.remaining, earned_at: lot.earnedAt, expires_at: lot.expiresAt },
      ...{ earned_by: lot.earnedBy, grace: lot.grace },
    });
  }
  for (const { transferId, lotId, amount } of book.draws) {
    writes.insert('lot_draw', DRAW_COLUMNS, { transfer_id: transferId, lot_id: lotId, amount });
  }
  for (const { id, remaining } of book.drawnLots.values()) {
    writes.update('lot', UPDATE_LOTS, { id, remaining });
  }
  for (const [account, days] of book.touchedDays) {
    writes.update('account', UPDATE_BALANCES, { id: account.id, balance: account.balance });
    for (const day of days) {
      const remaining = account.days.get(day);
      const row = { account_id: account.id, expires_at: new Date(day), remaining };
      const [name, statement] = remaining === undefined ? EMPTIED_DAY : CHANGED_DAY;
      writes.update(name, statement, row);
    }
  }
  book.heldChanged.forEach((account) => writeHeldAccount(account, book.newHeldAccounts.has(account), writes));
  [...book.postedHolds.values()].forEach((posted) => writeHold(posted, writes));
}

function writeHeldAccount(account: AccountState, isNew: boolean, writes: WriteSet): void {
  const row = { id: account.heldAccountId, balance: heldOn(account) };
  if (isNew) {
    writes.insert('account', ACCOUNT_COLUMNS, { ...row, kind: 'held', unit: 'point', held_for: account.id });
  } else if (row.id != null) {
    writes.update('account', UPDATE_BALANCES, row);
  }
}

function writeHold({ account, hold, isNew, settled }: PostedHold, writes: WriteSet): void {
  const row = {
    ...{ purchase_id: hold.purchaseId, account_id: account.id, transfer_id: hold.transferId },
    ...{ held_account_id: hold.transferId === null ? null : account.heldAccountId },
    ...{ amount: hold.amount, due_at: hold.dueAt },
    ...{ settled_at: settled?.at ?? null, outcome: settled?.outcome ?? null },
  };
  if (isNew) {
    writes.insert('points_hold', HOLD_COLUMNS, row);
  } else {
    writes.update('points_hold', UPDATE_HOLDS, row);
  }
}

const ACCOUNT_COLUMNS = ['id', 'kind', 'unit', 'balance', 'held_for'];
const TRANSFER_COLUMNS = ['id', 'kind', 'from_account_id', 'to_account_id', 'amount', 'subject_id', 'occurred_at'];
const LOT_COLUMNS = [
  ...['id', 'account_id', 'transfer_id', 'origin_lot_id', 'amount', 'remaining', 'earned_at', 'expires_at'],
  ...['earned_by', 'grace'],
];
const HOLD_COLUMNS = [
  ...['purchase_id', 'account_id', 'held_account_id', 'transfer_id', 'amount', 'due_at', 'settled_at', 'outcome'],
];
const DRAW_COLUMNS = ['transfer_id', 'lot_id', 'amount'];
const UPDATE_LOTS = `update lot set remaining = new.remaining
  from json_populate_recordset(null::lot, $rows) new where lot.id = new.id`;
const UPDATE_BALANCES = `update account set balance = new.balance
  from json_populate_recordset(null::account, $rows) new where account.id = new.id`;
const UPDATE_HOLDS = `update points_hold set (account_id, held_account_id, transfer_id, settled_at, outcome)
    = (new.account_id, new.held_account_id, new.transfer_id, new.settled_at, new.outcome)
  from json_populate_recordset(null::points_hold, $rows) new where points_hold.purchase_id = new.purchase_id`;
const CHANGED_DAY = [
  'lot_day',
  `insert into lot_day (account_id, expires_at, remaining)
     select account_id, expires_at, remaining from json_populate_recordset(null::lot_day, $rows)
     on conflict (account_id, expires_at) do update set remaining = excluded.remaining`,
] as const;
const EMPTIED_DAY = [
  'emptied lot_day',
  `delete from lot_day using json_populate_recordset(null::lot_day, $rows) gone
     where lot_day.account_id = gone.account_id and lot_day.expires_at = gone.expires_at`,
] as const;
