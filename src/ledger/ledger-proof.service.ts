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
      with open as (select account_id, expires_at, sum(remaining) as remaining from lot where remaining > 0 group by 1, 2)
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
    rule: 'whatever leaves an account was drawn from its lots',
    sql: `
      with drawn as (select transfer_id, sum(amount) as amount from lot_draw group by transfer_id)
      select t.id, t.kind, t.amount, coalesce(d.amount, 0) as drawn
      from transfer t left join drawn d on d.transfer_id = t.id
      where t.kind in ('spend', 'burn', 'move') and t.amount <> coalesce(d.amount, 0)`,
  },
  {
    rule: 'whatever enters an account became lots',
    sql: `
      with made as (select transfer_id, sum(amount) as amount from lot group by transfer_id)
      select t.id, t.kind, t.amount, coalesce(m.amount, 0) as made
      from transfer t left join made m on m.transfer_id = t.id
      where t.kind in ('earn', 'move') and t.amount <> coalesce(m.amount, 0)`,
  },
  {
    rule: 'a lot is drawn from by transfers of its own account',
    sql: `
      select d.transfer_id, d.lot_id from lot_draw d
      join transfer t on t.id = d.transfer_id join lot l on l.id = d.lot_id
      where t.from_account_id <> l.account_id`,
  },
  {
    rule: 'moved lots keep their dates',
    sql: `
      select l.id, o.id as origin from lot l join lot o on o.id = l.origin_lot_id
      where (l.earned_at, l.expires_at) is distinct from (o.earned_at, o.expires_at)`,
  },
];
