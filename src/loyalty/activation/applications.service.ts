import { Injectable } from '@nestjs/common';
import { type AskedCode, type CodePurpose, OneTimeCodes } from '../../auth/codes/one-time-codes.service.js';
import { SmsLimits } from '../../auth/limits/sms-limits.service.js';
import { birthDateFault } from '../../customers/birth-date.js';
import type { Person } from '../../customers/customers.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { dayOf } from '../../infra/i18n/format.js';
import type { Language } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { ActivationNotFound } from './activation.errors.js';

export type CardKind = 'plastic' | 'virtual';

/** What was typed before the phone is confirmed. */
export interface Application {
  kind: CardKind;
  cardNumber: string | null;
  /** E.164. */
  phone: string;
  person: Person;
  mailings: boolean;
}

/** The browser that applies. */
export interface Applicant {
  browser: string;
  ip: string;
  language: Language;
}

export interface PendingApplication extends Application {
  id: string;
  codeId: string;
}

/** What an accepted application came to. */
export interface Enrolment {
  customerId: string;
  number: string;
  /** Of plastic: the account that the card had before. */
  movedFromAccountId?: string;
}

interface ActivationRow {
  id: string;
  card_number: string | null;
  phone: string;
  person: { person: Person; mailings: boolean };
  code_id: string;
  completed_at: string | null;
}

/** Between the form and the code: the application waits in its row, known by its id to the browser that made it. */
@Injectable()
export class Applications {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly smsLimits: SmsLimits,
    private readonly messages: Messages,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Keeps the application and sends the code; returns its id. Throws InvalidInput, LimitExceeded. */
  async apply(application: Application, applicant: Applicant): Promise<string> {
    const { kind, cardNumber, phone, person, mailings } = application;
    const fault = birthDateFault(person.birthDate, dayOf(this.clock.now(), this.config.timeZone));
    if (fault) throw new InvalidInput([fault]);
    const id = newId();
    await this.send(application, applicant, (sql, codeId) =>
      sql.query(
        `insert into activation (id, kind, card_number, phone, person, code_id, started_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, kind, cardNumber, phone, JSON.stringify({ person, mailings }), codeId, this.clock.now()],
      ),
    );
    return id;
  }

  /** Another code for the same application; the one before is void. */
  async sendAgain(kind: CardKind, id: string, applicant: Applicant): Promise<void> {
    const application = await this.pending(this.database, kind, id);
    await this.codes.find(purposeOf(kind), application.codeId, applicant.browser);
    await this.send(application, applicant, (sql, codeId) =>
      sql.query('update activation set code_id = $2 where id = $1 and completed_at is null', [id, codeId]),
    );
  }

  /** What the page that asks for the code shows; null once this browser has typed it and is done. */
  async asked(kind: CardKind, id: string, browser: string): Promise<AskedCode | null> {
    const row = await this.read(this.database, kind, id);
    if (!row?.code_id) throw new ActivationNotFound();
    const asked = await this.codes.find(purposeOf(kind), row.code_id, browser);
    return row.completed_at === null ? asked : null;
  }

  /**
   * The code was typed: where it is right, `enrol` runs, and code and application are used up in the same transaction;
   * what was typed about the person is wiped. Throws CodeWrong, CodeGone, CodeNotFound, LimitExceeded.
   */
  async accept<Enrolled extends Enrolment>(
    kind: CardKind,
    id: string,
    { browser, code }: { browser: string; code: string },
    enrol: (sql: Sql, application: PendingApplication) => Promise<Enrolled>,
  ): Promise<Enrolled> {
    const { codeId } = await this.pending(this.database, kind, id);
    await this.codes.check({ purpose: purposeOf(kind), codeId, browser, code });
    return this.database.transaction(async (sql) => {
      await this.codes.spend(sql, codeId);
      const enrolled = await enrol(sql, await this.pending(sql, kind, id));
      await sql.query(
        `update activation set completed_at = $2, customer_id = $3, card_number = $4, moved_from_account_id = $5,
           phone = null, person = null
         where id = $1`,
        [id, this.clock.now(), enrolled.customerId, enrolled.number, enrolled.movedFromAccountId ?? null],
      );
      return enrolled;
    });
  }

  /**
   * The code was refused: whose card it was where the same browser had typed it right before. Whoever sends the form twice
   * is led to the same place twice, though the answer to the first may never have reached them.
   */
  async alreadyAccepted(kind: CardKind, id: string, typed: { browser: string; code: string }): Promise<string | null> {
    const [done] = await this.database.query<{ customer_id: string; code_id: string }>(
      `select customer_id, code_id from activation
       where id = $1 and kind = $2 and completed_at is not null and code_id is not null`,
      [id, kind],
    );
    if (!done) return null;
    const same = await this.codes.wasUsed({ purpose: purposeOf(kind), codeId: done.code_id, ...typed });
    return same ? done.customer_id : null;
  }

  private async send(
    { kind, phone }: Application,
    { browser, ip, language }: Applicant,
    keep: (sql: Sql, codeId: string) => Promise<unknown>,
  ): Promise<void> {
    await this.smsLimits.admit({ phone, ip });
    await this.database.transaction(async (sql) => {
      await keep(sql, await this.codes.issue(sql, { purpose: purposeOf(kind), phone, browser, language }));
    });
    this.messages.ring();
  }

  private async pending(sql: Sql, kind: CardKind, id: string): Promise<PendingApplication> {
    const row = await this.read(sql, kind, id);
    if (!row || row.completed_at !== null) throw new ActivationNotFound();
    return { id, kind, cardNumber: row.card_number, phone: row.phone, ...row.person, codeId: row.code_id };
  }

  private async read(sql: Sql, kind: CardKind, id: string): Promise<ActivationRow | undefined> {
    const [row] = await sql.query<ActivationRow>(
      'select id, card_number, phone, person, code_id, completed_at from activation where id = $1 and kind = $2',
      [id, kind],
    );
    return row;
  }
}

function purposeOf(kind: CardKind): CodePurpose {
  return kind === 'plastic' ? 'activation' : 'virtual_card';
}
