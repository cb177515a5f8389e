import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { CodeGone } from '../codes/codes.errors.js';
import { type AskedCode, OneTimeCodes } from '../codes/one-time-codes.service.js';
import { SmsLimits } from '../limits/sms-limits.service.js';
import { Passwords } from '../logins/passwords.service.js';
import { FirstPasswords } from './first-passwords.service.js';

export interface DigitsTyped {
  /** E.164: the number of the SIM card whose digits were right. */
  phone: string;
  browser: string;
  ip: string;
  language: Language;
}

const PURPOSE = 'first_log_in';

/** The step that a SIM card's digits open (A3): a code by SMS to that very number proves that the card is at hand. */
@Injectable()
export class FirstLogIn {
  constructor(
    private readonly database: Database,
    private readonly first: FirstPasswords,
    private readonly passwords: Passwords,
    private readonly codes: OneTimeCodes,
    private readonly limits: SmsLimits,
    private readonly messages: Messages,
  ) {}

  /** The code's id; the one SMS that never goes to the contact phone. Throws LimitExceeded. */
  async sendCode({ phone, browser, ip, language }: DigitsTyped): Promise<string> {
    await this.limits.admit({ phone, ip });
    const codeId = await this.database.transaction((sql) =>
      this.codes.issue(sql, { purpose: PURPOSE, phone, browser, language }),
    );
    this.messages.ring();
    return codeId;
  }

  findCode(codeId: string, browser: string): Promise<AskedCode> {
    return this.codes.find(PURPOSE, codeId, browser);
  }

  /**
   * The address at which the first password is set. Throws CodeWrong, CodeGone (also where the digits were switched off
   * meanwhile), CodeNotFound, LimitExceeded.
   */
  async proveNumber(typed: { codeId: string; browser: string; code: string }): Promise<string> {
    const phone = await this.codes.check({ purpose: PURPOSE, ...typed });
    const loginId = await this.database.transaction(async (sql) => {
      await this.codes.spend(sql, typed.codeId);
      return this.first.loginOf(sql, phone);
    });
    if (!loginId) throw new CodeGone();
    return `/reset_password/${await this.passwords.issueTicket(loginId, typed.browser)}`;
  }
}
