import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import { Database } from '../../infra/database/database.js';
import { Batcher } from '../../shared/batcher.js';
import { ApiKeys, type TerminalIdentity, terminalKeyHash } from './api-keys.service.js';

/** `Authorization: Bearer sk_pos_…` of a till; a StrategyGuard asks it. */
@Injectable()
export class TerminalKeyStrategy extends PassportStrategy(Strategy, 'terminal-key') {
  /** Tills that call at the same moment are recognised by one query. */
  private readonly recognised = new Batcher<Buffer, TerminalIdentity | null>((hashes) => this.find(hashes), {
    maxSize: 100,
    inFlight: 1,
  });

  constructor(
    private readonly keys: ApiKeys,
    private readonly database: Database,
  ) {
    super();
  }

  async validate(key: string): Promise<TerminalIdentity | false> {
    const hash = terminalKeyHash(key);
    return (hash && (await this.recognised.run(hash))) ?? false;
  }

  private async find(hashes: readonly Buffer[]): Promise<(TerminalIdentity | null)[]> {
    const terminals = await this.keys.terminalsByHash(this.database, hashes);
    return hashes.map((hash) => terminals.find(({ keyHash }) => keyHash.equals(hash)) ?? null);
  }
}
