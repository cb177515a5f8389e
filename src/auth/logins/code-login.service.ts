import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { sqlOf } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';
import { Messages } from '../../notifications/messages.service.js';
import { STRANGER } from '../../shared/actor.js';
import { CodeGone, CodeWrong } from '../codes/codes.errors.js';
import { type AskedCode, OneTimeCodes } from '../codes/one-time-codes.service.js';
import { Logins } from './logins.service.js';
import { SmsDoor } from './sms-door.service.js';

export interface CodeRequest {
  /** E.164. */
  phone: string;
  browser: string;
  ip: string;
  language: Language;
}

export interface CodeAttempt {
  codeId: string;
  browser: string;
  code: string;
  ip: string;
}

@Injectable()
export class CodeLogin {
  constructor(
    private readonly em: EntityManager,
    private readonly logins: Logins,
    private readonly codes: OneTimeCodes,
    private readonly door: SmsDoor,
    private readonly messages: Messages,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The code's id. An unknown phone gets one too, which nobody receives and nothing opens: its page looks the same.
   * The number of a line is as good, but the SMS goes to the contact phone.
   * Throws LimitExceeded.
   */
  async sendCode({ phone, browser, ip, language }: CodeRequest): Promise<string> {
    await this.door.admit({ phone, ip });
    const codeId = await this.em.fork().transactional(async (em) => {
      const login = await this.logins.findLive(em, phone);
      const sql = sqlOf(em);
      const to = login?.phone ?? phone;
      const send = await this.door.rings({ login, typed: phone });
      const id = await this.codes.issue(sql, { purpose: 'login', phone, to, browser, language, send });
      const object = { kind: 'login', id: login?.id ?? 'unknown' };
      await this.audit.record(sql, { actor: STRANGER, action: 'login.code_sent', object, ip });
      return id;
    });
    this.messages.ring();
    return codeId;
  }

  findCode(codeId: string, browser: string): Promise<AskedCode> {
    return this.codes.find('login', codeId, browser);
  }

  /** Whose code it was. Throws CodeWrong, CodeGone, CodeNotFound, LimitExceeded. */
  async logIn({ ip, ...typed }: CodeAttempt): Promise<string> {
    const phone = await this.check(typed, ip);
    return this.em.fork().transactional(async (em) => {
      const login = await this.logins.findLive(em, phone);
      if (!login) throw new CodeGone();
      await this.codes.spend(sqlOf(em), typed.codeId);
      const actor = { kind: 'customer', id: login.id } as const;
      const object = { kind: 'login', id: login.id };
      await this.audit.record(sqlOf(em), { actor, action: 'login.logged_in', object, facts: { by: 'code' }, ip });
      return login.id;
    });
  }

  private async check(typed: Omit<CodeAttempt, 'ip'>, ip: string): Promise<string> {
    try {
      return await this.codes.check({ purpose: 'login', ...typed });
    } catch (refusal) {
      if (refusal instanceof CodeWrong || refusal instanceof CodeGone) await this.noteRefusal(typed.codeId, ip);
      throw refusal;
    }
  }

  private noteRefusal(codeId: string, ip: string): Promise<void> {
    const object = { kind: 'one_time_code', id: codeId };
    const refusal = { actor: STRANGER, action: 'login.refused', object, facts: { by: 'code' }, ip };
    return this.audit.record(sqlOf(this.em.fork()), refusal);
  }
}
