import { Injectable, Logger } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import type { FiscalReceipt } from './fiscal-qr.js';
import { ReceiptPlaces } from './places.service.js';
import { Settlement } from './settlement.service.js';

export const CLAIM_TOPIC = 'receipt_claim';
/** A till's clock may run ahead of ours. */
const AHEAD = { hours: 1 };
const SALE = 1;

/** «Забыли карту?»: a customer shows a receipt after the fact (product L13). */
@Injectable()
export class ReceiptClaims {
  private readonly logger = new Logger('ReceiptClaims');

  constructor(
    private readonly database: Database,
    private readonly places: ReceiptPlaces,
    private readonly settlement: Settlement,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Takes the claim, and settles it at once where the station has uploaded the receipt already; else it waits.
   * Refusals: `claim_refund_receipt`, `claim_too_old`, `claim_in_future`, `claim_repeated`, `claims_today`.
   */
  async claim(customerId: string, receipt: FiscalReceipt): Promise<void> {
    const now = this.clock.now();
    if (receipt.operation !== SALE) throw new DomainError('claim_refund_receipt', 'conflict');
    await this.expectFresh(receipt, now);
    const id = newId();
    await this.database.transaction(async (sql) => {
      // One customer's claims come one after another, so that they can be counted.
      await sql.query('select id from customer where id = $1 for no key update', [customerId]);
      await expectNew(sql, customerId, receipt);
      await this.expectFew(sql, customerId, now);
      await insert(sql, id, customerId, receipt, now);
      await this.outbox.put(sql, CLAIM_TOPIC, id);
    });
    await this.settlement.settle(id).catch((error: unknown) => {
      this.logger.warn({ err: error, msg: 'a claim was not settled at once; the outbox will try again' });
    });
    this.outbox.ring();
  }

  /** Ends the waiting of claims that no upload confirmed in time; answers how many. */
  async expire(now: Date): Promise<number> {
    const ended = await this.database.query(
      `update receipt_claim c set settled_at = $1,
         state = case when known then 'expired' else 'refused' end, reason = case when known then null else 'not_ours' end
       from (select id, exists (select from station_receipt r where r.fiscal_storage = w.fiscal_storage) as known
             from receipt_claim w where state = 'waiting' and claimed_at < $2) due
       where c.id = due.id and c.state = 'waiting' returning 1`,
      [now, DateTime.fromJSDate(now).minus({ days: this.config.claims.waitDays }).toJSDate()],
    );
    return ended.length;
  }

  /** Which station printed it is not known yet, so it is too old only where it would be in every zone. */
  private async expectFresh({ printedAt }: FiscalReceipt, now: Date): Promise<void> {
    const zones = [this.config.timeZone, ...(await this.places.timeZones())];
    const moments = zones.map((zone) => DateTime.fromISO(printedAt, { zone }));
    const present = DateTime.fromJSDate(now);
    // Without its seconds a receipt may be up to a minute younger than it says.
    if (moments.every((at) => at.plus({ minutes: 1 }) < present.minus({ hours: 24 }))) {
      throw new DomainError('claim_too_old', 'conflict');
    }
    if (moments.every((at) => at > present.plus(AHEAD))) throw new DomainError('claim_in_future', 'conflict');
  }

  private async expectFew(sql: Sql, customerId: string, now: Date): Promise<void> {
    const today = DateTime.fromJSDate(now, { zone: this.config.timeZone }).startOf('day');
    const [row] = await sql.query<{ count: string }>(
      'select count(*) from receipt_claim where customer_id = $1 and claimed_at >= $2',
      [customerId, today.toJSDate()],
    );
    const { perDay } = this.config.claims;
    if (Number(row!.count) >= perDay) throw new DomainError('claims_today', 'limited', { count: perDay });
  }
}

async function expectNew(sql: Sql, customerId: string, receipt: FiscalReceipt): Promise<void> {
  const [known] = await sql.query(
    `select from receipt_claim where customer_id = $1 and fiscal_storage = $2 and fiscal_document = $3
       and fiscal_sign = $4 and state in ('waiting', 'review', 'credited')`,
    [customerId, receipt.storage, receipt.document, receipt.sign],
  );
  if (known) throw new DomainError('claim_repeated', 'conflict');
}

async function insert(sql: Sql, id: string, customerId: string, receipt: FiscalReceipt, now: Date): Promise<void> {
  const { printedAt, hasSeconds, sumKopecks, storage, document, sign } = receipt;
  await sql.query(
    `insert into receipt_claim (id, customer_id, printed_at, has_seconds, sum_kopecks, fiscal_storage, fiscal_document,
       fiscal_sign, claimed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, customerId, printedAt, hasSeconds, sumKopecks.toString(), storage, document, sign, now],
  );
}
