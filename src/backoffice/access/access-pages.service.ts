import { Injectable } from '@nestjs/common';
import { FirstPasswords } from '../../auth/first-log-in/first-passwords.service.js';
import { OpenSessions } from '../../auth/open-sessions/open-sessions.service.js';
import { IDENTITY_CHECKS } from '../../auth/logins/office-codes.service.js';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { DomainError } from '../../shared/domain-error.js';
import { fullName } from '../full-name.js';
import { maskedPhone } from '../masked-phone.js';

interface Access {
  id: string;
  phone: string;
  surname: string | null;
  name: string | null;
  patronymic: string | null;
  has_password: boolean;
}

/** How a customer gets into their cabinet, for whoever helps them. */
@Injectable()
export class AccessPages {
  constructor(
    private readonly database: Database,
    private readonly first: FirstPasswords,
    private readonly sessions: OpenSessions,
  ) {}

  /** Throws not_found, also for who was merged into somebody else. */
  async access(customerId: string, language: Language): Promise<object> {
    const [customer] = await this.database.query<Access>(
      `select c.id, l.phone, c.surname, c.name, c.patronymic, l.password_hash is not null as has_password
       from customer c join login l on l.id = c.id where c.id = $1 and l.disabled_at is null`,
      [customerId],
    );
    if (!customer) throw new DomainError('not_found', 'not_found');
    const [digits, open] = await Promise.all([this.first.list(customerId), this.sessions.count(customerId)]);
    return {
      customer: {
        id: customer.id,
        has_password: customer.has_password,
        fullName: fullName(customer),
        maskedPhone: maskedPhone(customer.phone),
      },
      open,
      digits: digits.map(({ phone, ...rest }) => ({ ...rest, maskedPhone: maskedPhone(phone) })),
      checks: IDENTITY_CHECKS.map((value) => ({ value, name: text(language, `access:checks.${value}`) })),
    };
  }

  /** In which SMS about their access are written. Throws not_found. */
  async languageOf(customerId: string): Promise<Language> {
    const [customer] = await this.database.query<{ language: Language }>(
      'select language from customer where id = $1',
      [customerId],
    );
    if (!customer) throw new DomainError('not_found', 'not_found');
    return customer.language;
  }
}
