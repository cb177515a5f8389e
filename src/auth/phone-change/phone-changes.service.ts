import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { CodeGone } from '../codes/codes.errors.js';
import { type AskedCode, OneTimeCodes } from '../codes/one-time-codes.service.js';
import { ContactPhones, goneIfTaken } from './contact-phones.service.js';
import { type PhoneChange, PhoneChangeBook } from './phone-change-book.service.js';
import { PhoneChangeLimits } from './phone-change-limits.service.js';

export interface Asker {
  loginId: string;
  browser: string;
  ip: string;
  language: Language;
}

type Step = 'old_phone' | 'new_phone';

export interface AskedStep extends Pick<AskedCode, 'live' | 'resendAt'> {
  id: string;
  /** Whose code is asked for; null where the change is done or another one was begun. */
  step: Step | null;
  /** Where it was sent. */
  phone: string;
}

const PURPOSES = { old_phone: 'phone_change_old', new_phone: 'phone_change_new' } as const;

/** The owner of a cabinet changes its contact phone: first a code to the present number, then one to the new (A9). */
@Injectable()
export class PhoneChanges {
  constructor(
    private readonly database: Database,
    private readonly book: PhoneChangeBook,
    private readonly contacts: ContactPhones,
    private readonly codes: OneTimeCodes,
    private readonly limits: PhoneChangeLimits,
    private readonly messages: Messages,
  ) {}

  /** Sends a code to the present phone; returns the change's id. Throws InvalidInput for the same phone, LimitExceeded. */
  async begin({ loginId, browser, ip, language }: Asker, phone: string): Promise<string> {
    const [login] = await this.database.query<{ phone: string }>('select phone from login where id = $1', [loginId]);
    if (login!.phone === phone) throw new InvalidInput([{ path: 'phone', code: 'phone_same' }]);
    await this.limits.admit(loginId, login!.phone, ip);
    const id = await this.database.transaction(async (sql) => {
      const present = await this.contacts.lock(sql, loginId);
      const codeId = await this.sendTo(sql, 'old_phone', present, { browser, language });
      return this.book.begin(sql, { loginId, phone, state: 'old_phone', codeId, staff: null });
    });
    this.messages.ring();
    return id;
  }

  /** Throws not_found, and CodeNotFound in another browser. */
  async find(id: string, { loginId, browser }: Pick<Asker, 'loginId' | 'browser'>): Promise<AskedStep> {
    const { state, code_id, phone: wanted, live: open } = await this.book.find(id, loginId, null);
    if (state === 'done' || state === 'replaced') {
      return { id, step: null, phone: wanted, live: false, resendAt: new Date(0) };
    }
    const { phone, live, resendAt } = await this.codes.find(PURPOSES[state], code_id, browser);
    return { id, step: state, phone, live: live && open, resendAt };
  }

  /** The present phone is proved: the new one gets its code. Throws CodeWrong, CodeGone, LimitExceeded. */
  async proveOld(id: string, asker: Asker, code: string): Promise<void> {
    const change = await this.liveChange(id, asker, 'old_phone');
    await this.codes.check({ purpose: PURPOSES.old_phone, codeId: change.code_id, browser: asker.browser, code });
    await this.limits.admitPhone(change.phone, asker.ip);
    await this.database.transaction(async (sql) => {
      await this.codes.spend(sql, change.code_id);
      await this.askForNew(sql, change, asker);
    });
    this.messages.ring();
  }

  /** Both are proved: the phone is theirs. Throws CodeWrong, CodeGone. */
  async proveNew(id: string, asker: Asker & { sessionId: string }, code: string): Promise<void> {
    const change = await this.liveChange(id, asker, 'new_phone');
    await this.codes.check({ purpose: PURPOSES.new_phone, codeId: change.code_id, browser: asker.browser, code });
    await goneIfTaken(this.database.transaction((sql) => this.finish(sql, change, asker)));
    this.messages.ring();
  }

  /** Another code to the number whose code is asked for. Throws LimitExceeded, CodeGone. */
  async sendAgain(id: string, asker: Asker): Promise<void> {
    const change = await this.book.find(id, asker.loginId, null);
    if (!change.live) throw new CodeGone();
    const { phone, step } = await this.find(id, asker);
    if (!step) throw new CodeGone();
    await this.limits.admitPhone(phone, asker.ip);
    await this.database.transaction(async (sql) => {
      if (step === 'new_phone') return this.askForNew(sql, change, asker);
      const codeId = await this.sendTo(sql, 'old_phone', phone, asker);
      if (!(await this.book.moveOn(sql, change, { state: 'old_phone', codeId }))) throw new CodeGone();
    });
    this.messages.ring();
  }

  private async liveChange(id: string, { loginId }: Asker, state: Step): Promise<PhoneChange> {
    const change = await this.book.find(id, loginId, null);
    if (!change.live || change.state !== state) throw new CodeGone();
    return change;
  }

  private async finish(sql: Sql, change: PhoneChange, asker: Asker & { sessionId: string }): Promise<void> {
    const { loginId, language, sessionId } = asker;
    await this.contacts.lock(sql, loginId);
    await this.codes.spend(sql, change.code_id);
    if (!(await this.book.finish(sql, change))) throw new CodeGone();
    const actor = { kind: 'customer', id: loginId } as const;
    const facts = { by: 'codes' };
    const changed = { loginId, phone: change.phone, actor, language, facts, sessionId };
    if (!(await this.contacts.change(sql, changed))) throw new CodeGone();
  }

  /**
   * A phone that opens another cabinet is told so by SMS, to whoever holds it; here the page is the same, and no code is
   * the right one.
   */
  private async askForNew(sql: Sql, change: PhoneChange, { loginId, browser, language }: Asker): Promise<void> {
    const taken = await this.contacts.isTaken(sql, loginId, change.phone);
    const codeId = await this.sendTo(sql, 'new_phone', change.phone, { browser, language, send: !taken });
    const notice = { to: change.phone, text: text(language, 'sms:phoneTaken'), secret: false };
    if (taken) await this.messages.sendSms(sql, notice);
    if (!(await this.book.moveOn(sql, change, { state: 'new_phone', codeId }))) throw new CodeGone();
  }

  private sendTo(
    sql: Sql,
    step: Step,
    phone: string,
    { browser, language, send }: Pick<Asker, 'browser' | 'language'> & { send?: boolean },
  ): Promise<string> {
    const words = (code: string): string => text(language, `sms:${PURPOSES[step]}`, { code });
    return this.codes.issue(sql, { purpose: PURPOSES[step], phone, browser, language, send, words });
  }
}
