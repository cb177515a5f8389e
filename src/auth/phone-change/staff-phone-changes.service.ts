import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { CodeGone } from '../codes/codes.errors.js';
import { OneTimeCodes } from '../codes/one-time-codes.service.js';
import type { IdentityCheck } from '../logins/office-codes.service.js';
import { ContactPhones, goneIfTaken } from './contact-phones.service.js';
import { type PhoneChange, PhoneChangeBook } from './phone-change-book.service.js';
import { type ClerkOfChange, StaffPhoneRules } from './staff-phone-rules.service.js';

const PURPOSE = 'phone_change_staff';

/** Who lost the old number comes to the office or calls (A11): staff make sure who it is; a code proves the new number. */
@Injectable()
export class StaffPhoneChanges {
  constructor(
    private readonly database: Database,
    private readonly book: PhoneChangeBook,
    private readonly contacts: ContactPhones,
    private readonly codes: OneTimeCodes,
    private readonly messages: Messages,
    private readonly rules: StaffPhoneRules,
  ) {}

  /**
   * Sends the code to the new number; returns the change's id. Throws phone_change_wait, InvalidInput (phone_same,
   * phone_taken), not_found, LimitExceeded.
   */
  async begin(clerk: ClerkOfChange, phone: string, check: IdentityCheck): Promise<string> {
    const { staffId, loginId, language } = clerk;
    await this.rules.admit(clerk, phone);
    const id = await this.database.transaction(async (sql) => {
      await this.expectFree(sql, loginId, phone);
      await this.rules.expectMay(sql, clerk);
      const words = (code: string): string => text(language, 'sms:phone_change_staff', { code });
      const codeId = await this.codes.issue(sql, { purpose: PURPOSE, phone, browser: staffId, language, words });
      const staff = { id: staffId, check };
      return this.book.begin(sql, { loginId, phone, state: 'new_phone', codeId, staff });
    });
    this.messages.ring();
    return id;
  }

  /** Throws not_found for another clerk's; CodeGone where it is over. */
  async find(id: string, { staffId, loginId }: Pick<ClerkOfChange, 'staffId' | 'loginId'>): Promise<PhoneChange> {
    const change = await this.book.find(id, loginId, staffId);
    if (!change.live) throw new CodeGone();
    return change;
  }

  /** The code that the customer read out. Throws CodeWrong, CodeGone, phone_change_wait. */
  async finish(id: string, clerk: ClerkOfChange, code: string): Promise<void> {
    const change = await this.find(id, clerk);
    await this.codes.check({ purpose: PURPOSE, codeId: change.code_id, browser: clerk.staffId, code });
    await goneIfTaken(this.database.transaction((sql) => this.finishWithin(sql, change, clerk)));
    this.messages.ring();
  }

  private async finishWithin(sql: Sql, change: PhoneChange, clerk: ClerkOfChange): Promise<void> {
    const { staffId, loginId, language } = clerk;
    await this.contacts.lock(sql, loginId);
    await this.rules.expectMay(sql, clerk);
    await this.codes.spend(sql, change.code_id);
    if (!(await this.book.finish(sql, change))) throw new CodeGone();
    const actor = { kind: 'staff', id: staffId } as const;
    const facts = { by: 'staff', check: change.identity_check };
    const changed = await this.contacts.change(sql, { loginId, phone: change.phone, actor, language, facts });
    if (!changed) throw new CodeGone();
  }

  private async expectFree(sql: Sql, loginId: string, phone: string): Promise<void> {
    const present = await this.contacts.lock(sql, loginId);
    if (present === phone) throw new InvalidInput([{ path: 'phone', code: 'phone_same' }]);
    // Staff find customers by their phones anyway.
    if (await this.contacts.isTaken(sql, loginId, phone)) {
      throw new InvalidInput([{ path: 'phone', code: 'phone_taken' }]);
    }
  }
}
