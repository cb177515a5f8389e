import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { Messages } from '../../notifications/messages.service.js';
import { codeSms } from '../../notifications/sms-text.js';
import { SimSwaps } from '../logins/sim-swaps.service.js';
import type { CodePurpose, NewCode } from './one-time-codes.service.js';

/** Whose right code ends in a session of whoever has the phone. */
const OPENS_A_CABINET: ReadonlySet<CodePurpose> = new Set(['login', 'first_log_in', 'activation', 'virtual_card']);

/** How one-time codes reach their phones. */
@Injectable()
export class CodePost {
  constructor(
    private readonly messages: Messages,
    private readonly swaps: SimSwaps,
    private readonly config: Config,
  ) {}

  /** Whether the phone may get this code: none that opens a guarded cabinet to a card just put in, which is told why. */
  async mayGo(sql: Sql, { purpose, phone, to = phone, language, send = true }: NewCode): Promise<boolean> {
    if (!send) return false;
    return !OPENS_A_CABINET.has(purpose) || !(await this.swaps.bars(sql, { phone, to, language }));
  }

  send(sql: Sql, { phone, to = phone, language, words }: NewCode, code: string): Promise<unknown> {
    const text = words?.(code) ?? codeSms(language, code, new URL(this.config.publicUrl).hostname);
    return this.messages.sendSms(sql, { to, text, secret: true });
  }
}
