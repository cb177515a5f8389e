import { Injectable } from '@nestjs/common';
import type { Sql } from '../infra/database/sql.js';

/** One row that breaks a rule of the books. */
export interface Finding {
  rule: string;
  row: Record<string, unknown>;
}

/** A rule and the SQL that selects the rows breaking it. */
export interface BookRule {
  rule: string;
  sql: string;
}

const FINDINGS_A_RULE = 20;

/**
 * Proves the books (invariants I1 to I5, I11 of the quality goals). Transfers move a positive amount between two
 * accounts, so every transaction balances by construction; what is proved is that all that is derived agrees with them.
 */
@Injectable()
export class LedgerProof {
  private readonly rules: BookRule[] = [...LEDGER_RULES];

  /** Rooms to the right add what must hold between their rows and the ledger's. */
  add(rules: readonly BookRule[]): void {
    this.rules.push(...rules);
  }

  /** The rows that break a rule, at most twenty a rule; none where the books balance. */
  async verify(sql: Sql): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { rule, sql: query } of this.rules) {
      const rows = await sql.query(`${query} limit ${FINDINGS_A_RULE}`);
      findings.push(...rows.map((row) => ({ rule, row })));
    }
    return findings;
  }
}

const LEDGER_RULES: readonly BookRule[] = [
  {
    rule: 'an account’s balance is the sum of its transfers',
    sql: `
      with moved as (
        select id, sum(amount) as amount from (
          select to_account_id as id, amount from transfer union all select from_account_id, -amount from transfer
        ) sides group by id)
      select a.id, a.balance, coalesce(m.amount, 0) as moved from account a left join moved m using (id)
      where a.balance is not null and a.balance <> coalesce(m.amount, 0)`,
  },
  {
    rule: 'open lots are what the account holds',
    sql: `
      with open as (select account_id, sum(remaining) as remaining from lot group by account_id)
      select a.id, a.balance, coalesce(o.remaining, 0) as open from account a left join open o on o.account_id = a.id
      where a.balance is not null and greatest(a.balance, 0) <> coalesce(o.remaining, 0)`,
  },
  {
    rule: 'the burning calendar is the sum of open lots',
    sql: `
      with open as (
        select account_id, expires_at, sum(remaining) as remaining from lot join account a on a.id = account_id
        where remaining > 0 and a.kind = 'points' group by 1, 2)
      select account_id, expires_at, o.remaining as open, d.remaining as calendar
      from open o full join lot_day d using (account_id, expires_at)
      where o.remaining is distinct from d.remaining`,
  },
  {
    rule: 'what a lot lost was drawn from it',
    sql: `
      with drawn as (select lot_id, sum(amount) as amount from lot_draw group by lot_id)
      select l.id, l.amount, l.remaining, coalesce(d.amount, 0) as drawn from lot l left join drawn d on d.lot_id = l.id
      where l.amount - l.remaining <> coalesce(d.amount, 0)`,
  },
  {
    rule: 'whatever leaves an account was drawn from its lots; only what is taken back or moves a debt may go below zero',
    sql: `
      with drawn as (select transfer_id, sum(amount) as amount from lot_draw group by transfer_id)
      select t.id, t.kind, t.amount, coalesce(d.amount, 0) as drawn
      from transfer t left join drawn d on d.transfer_id = t.id
      where t.kind in ('spend', 'burn', 'hold', 'release') and t.amount <> coalesce(d.amount, 0)
         or t.kind in ('move', 'clawback') and t.amount < coalesce(d.amount, 0)
         or t.kind in ('earn', 'return') and d.amount is not null`,
  },
  {
    rule: 'whatever enters an account became lots; only what fills a debt does not',
    sql: `
      with made as (select transfer_id, sum(amount) as amount from lot group by transfer_id)
      select t.id, t.kind, t.amount, coalesce(m.amount, 0) as made
      from transfer t left join made m on m.transfer_id = t.id
      where t.kind = 'hold' and t.amount <> coalesce(m.amount, 0)
         or t.kind in ('earn', 'move', 'release', 'return') and t.amount < coalesce(m.amount, 0)
         or t.kind in ('spend', 'burn', 'clawback') and m.amount is not null`,
  },
  {
    rule: 'a debt is what went below zero and was not filled since',
    sql: `
      with drawn as (select transfer_id, sum(amount) as amount from lot_draw group by transfer_id),
      made as (select transfer_id, sum(amount) as amount from lot group by transfer_id),
      owed as (
        select id, sum(amount) as amount from (
          select t.from_account_id as id, t.amount - coalesce(d.amount, 0) as amount
          from transfer t left join drawn d on d.transfer_id = t.id where t.kind in ('move', 'clawback')
          union all
          select t.to_account_id, coalesce(m.amount, 0) - t.amount
          from transfer t left join made m on m.transfer_id = t.id
          where t.kind in ('earn', 'move', 'release', 'return')
        ) sides group by id)
      select a.id, a.balance, o.amount as owed from account a left join owed o using (id)
      where a.kind = 'points' and greatest(-a.balance, 0) <> coalesce(o.amount, 0)`,
  },
  {
    rule: 'a held account keeps what is held of its account',
    sql: `
      with held as (
        select held_account_id as id, sum(amount) as amount from points_hold
        where settled_at is null and held_account_id is not null group by 1)
      select a.id, a.balance, h.amount as held from account a full join held h using (id)
      where (a.kind = 'held' or h.id is not null) and coalesce(a.balance, 0) <> coalesce(h.amount, 0)`,
  },
  {
    rule: 'an open hold keeps its points in lots of its own, a settled one none',
    sql: `
      with kept as (select transfer_id, sum(remaining) as amount from lot group by transfer_id)
      select h.purchase_id, h.amount, k.amount as kept from points_hold h left join kept k on k.transfer_id = h.transfer_id
      where coalesce(k.amount, 0) <> case when h.settled_at is null then h.amount else 0 end`,
  },
  {
    rule: 'a lot is drawn from by transfers of its own account',
    sql: `
      select d.transfer_id, d.lot_id from lot_draw d
      join transfer t on t.id = d.transfer_id join lot l on l.id = d.lot_id
      where t.from_account_id <> l.account_id`,
  },
  {
    rule: 'moved lots keep their dates and who earned them; only a refund gives more time, and says so',
    sql: `
      select l.id, o.id as origin from lot l join lot o on o.id = l.origin_lot_id join transfer t on t.id = l.transfer_id
      where (l.earned_at, l.earned_by) is distinct from (o.earned_at, o.earned_by)
         or l.grace <> o.grace and not (t.kind = 'return' and l.grace)
         or l.expires_at <> o.expires_at and not (t.kind = 'return' and l.grace and l.expires_at > o.expires_at)`,
  },
];
