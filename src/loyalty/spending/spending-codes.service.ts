import { Injectable } from '@nestjs/common';
import { OneTimeCodes } from '../../auth/codes/one-time-codes.service.js';
import { SmsLimits } from '../../auth/limits/sms-limits.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { DomainError, LimitExceeded } from '../../shared/domain-error.js';

const PURPOSE = 'spending';
/** What was written in the till's transaction is out by then; the sweeper finds it at the latest. */
const RING_AFTER_MS = 200;

/** Codes by SMS to the card's owner, good at the till that asked only. */
@Injectable()
export class SpendingCodes {
  constructor(
    private readonly database: Database,
    private readonly codes: OneTimeCodes,
    private readonly limits: SmsLimits,
    private readonly messages: Messages,
  ) {}

  /**
   * Sends the owner a code in the till's transaction; says whether there is one to ask the owner for. Where an earlier one
   * is still on its way, or limits are used up, no other follows.
   */
  async challenge(sql: Sql, terminalId: string, customerId: string): Promise<boolean> {
    const [owner] = await sql.query<{ phone: string; language: Language }>(
      'select l.phone, c.language from customer c join login l on l.id = c.id where c.id = $1 and l.phone is not null',
      [customerId],
    );
    if (!owner) return false;
    const { phone, language } = owner;
    const browser = asBrowser(terminalId);
    try {
      await this.limits.admitFromTerminal({ phone, terminalId });
    } catch (refusal) {
      if (!(refusal instanceof LimitExceeded)) throw refusal;
      return (await this.codes.findLive(PURPOSE, phone, browser)) !== null;
    }
    const words = (code: string): string => text(language, 'phone:sms', { code });
    await this.codes.issue(sql, { purpose: PURPOSE, phone, browser, language, words });
    setTimeout(() => this.messages.ring(), RING_AFTER_MS).unref();
    return true;
  }

  /** The code's id where it is the one this till is waiting for; one try. */
  async check(terminalId: string, customerId: string, code: string): Promise<string | null> {
    const [owner] = await this.database.query<{ phone: string }>('select phone from login where id = $1', [customerId]);
    const browser = asBrowser(terminalId);
    const codeId = owner ? await this.codes.findLive(PURPOSE, owner.phone, browser) : null;
    if (codeId === null) return null;
    try {
      await this.codes.check({ purpose: PURPOSE, codeId, browser, code });
      return codeId;
    } catch (refusal) {
      if (!(refusal instanceof DomainError)) throw refusal;
      return null;
    }
  }
}

/** Where people have a browser, the till has its terminal: the code works nowhere else. */
function asBrowser(terminalId: string): string {
  return `terminal ${terminalId}`;
}
