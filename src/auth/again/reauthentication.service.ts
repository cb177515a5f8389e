import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { type AskedCode, OneTimeCodes } from '../codes/one-time-codes.service.js';
import { PasswordLimits } from '../limits/password-limits.service.js';
import { SmsLimits } from '../limits/sms-limits.service.js';
import { passwordFits } from '../passwords/password.hasher.js';

export interface Confirmer {
  loginId: string;
  browser: string;
  ip: string;
}

/** Either is enough. */
export interface Proof {
  password?: string;
  code?: { id: string; typed: string };
}

const PURPOSE = 'again';

/** Whoever sits at an open cabinet shows once more that it is theirs, before what a passer-by must not do. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly database: Database,
    private readonly codes: OneTimeCodes,
    private readonly passwords: PasswordLimits,
    private readonly sms: SmsLimits,
    private readonly messages: Messages,
  ) {}

  async hasPassword(loginId: string): Promise<boolean> {
    return (await this.loginOf(loginId)).password_hash !== null;
  }

  /** To the contact phone; returns the code's id. Throws LimitExceeded. */
  async sendCode({ loginId, browser, ip }: Confirmer, language: Language): Promise<string> {
    const { phone } = await this.loginOf(loginId);
    await this.sms.admit({ phone, ip });
    const words = (code: string): string => text(language, 'sms:again', { code });
    const id = await this.database.transaction((sql) =>
      this.codes.issue(sql, { purpose: PURPOSE, phone, browser, language, words }),
    );
    this.messages.ring();
    return id;
  }

  findCode(codeId: string, browser: string): Promise<AskedCode> {
    return this.codes.find(PURPOSE, codeId, browser);
  }

  /** Throws InvalidInput at the password, CodeWrong, CodeGone, LimitExceeded, not_found for a code to another phone. */
  async confirm({ loginId, browser, ip }: Confirmer, { password = '', code }: Proof): Promise<void> {
    const { phone, password_hash } = await this.loginOf(loginId);
    if (!code) return this.checkPassword(phone, password_hash, password, ip);
    const proved = await this.codes.check({ purpose: PURPOSE, codeId: code.id, browser, code: code.typed });
    if (proved !== phone) throw new DomainError('not_found', 'not_found');
    await this.codes.spend(this.database, code.id);
  }

  private async checkPassword(phone: string, hash: string | null, password: string, ip: string): Promise<void> {
    const attempt = { door: 'customer', account: phone, ip } as const;
    await this.passwords.admit(attempt);
    if (!(await passwordFits(hash, password))) {
      throw new InvalidInput([{ path: 'password', code: 'password_wrong' }]);
    }
    await this.passwords.forget(attempt);
  }

  private async loginOf(id: string): Promise<{ phone: string; password_hash: string | null }> {
    const [login] = await this.database.query<{ phone: string; password_hash: string | null }>(
      'select phone, password_hash from login where id = $1 and disabled_at is null',
      [id],
    );
    if (!login) throw new DomainError('not_found', 'not_found');
    return login;
  }
}
