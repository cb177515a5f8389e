import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import { Database } from '../../infra/database/database.js';
import { ApiKeys, type TerminalIdentity, terminalKeyHash } from './api-keys.service.js';

/** `Authorization: Bearer sk_pos_…` of a till; a StrategyGuard asks it. */
@Injectable()
export class TerminalKeyStrategy extends PassportStrategy(Strategy, 'terminal-key') {
  constructor(
    private readonly keys: ApiKeys,
    private readonly database: Database,
  ) {
    super();
  }

  async validate(key: string): Promise<TerminalIdentity | false> {
    const hash = terminalKeyHash(key);
    const [terminal] = hash ? await this.keys.terminalsByHash(this.database, [hash]) : [];
    return terminal ?? false;
  }
}
