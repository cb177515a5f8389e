import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { sqlOf } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Consent } from './consent.entity.js';
import { type ConsentKind, type ConsentSource, TEXT_VERSIONS } from './consents.js';

export interface GivenConsents {
  customerId: string;
  kinds: readonly ConsentKind[];
  source: ConsentSource;
}

export interface RegisteredConsent {
  customerId: string;
  kind: ConsentKind;
  textVersion: string;
  source: ConsentSource;
  givenAt: Date | string;
}

@Injectable()
export class Consents {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction. What is already given to the text in force is not given twice. */
  async give(sql: Sql, { customerId, kinds, source }: GivenConsents): Promise<void> {
    const givenAt = this.clock.now();
    for (const kind of kinds) {
      await this.register(sql, { customerId, kind, textVersion: TEXT_VERSIONS[kind], source, givenAt });
    }
  }

  /** One that was given at that moment to that text, in the caller's transaction; what is on record stays as it is. */
  async register(sql: Sql, { customerId, kind, textVersion, source, givenAt }: RegisteredConsent): Promise<void> {
    await sql.query(
      `insert into consent (id, customer_id, kind, text_version, source, given_at)
       select $1::uuid, $2::uuid, $3, $4, $5, $6::timestamptz where not exists (
         select from consent where customer_id = $2 and kind = $3 and text_version = $4 and withdrawn_at is null)`,
      [newId(), customerId, kind, textVersion, source, givenAt],
    );
  }

  /** What is in force, by kind. */
  list(customerId: string): Promise<Consent[]> {
    return this.em.fork().find(Consent, { customerId, withdrawnAt: null }, { orderBy: { givenAt: 'asc' } });
  }

  /** The whole register, the latest first. */
  all(customerId: string): Promise<Consent[]> {
    return this.em.fork().find(Consent, { customerId }, { orderBy: { givenAt: 'desc', id: 'desc' } });
  }

  /** «Хочу получать новости»: given or withdrawn on the profile page. */
  async chooseMailings(customerId: string, wanted: boolean): Promise<void> {
    const actor: Actor = { kind: 'customer', id: customerId };
    await this.em.fork().transactional(async (em) => {
      const sql = sqlOf(em);
      if (wanted) await this.give(sql, { customerId, kinds: ['mailings'], source: 'profile' });
      else await this.withdraw(sql, customerId, 'mailings');
      const action = wanted ? 'consent.given' : 'consent.withdrawn';
      await this.audit.record(sql, {
        actor,
        action,
        object: { kind: 'customer', id: customerId },
        facts: { kind: 'mailings' },
      });
    });
  }

  private async withdraw(sql: Sql, customerId: string, kind: ConsentKind): Promise<void> {
    await sql.query(
      'update consent set withdrawn_at = $3 where customer_id = $1 and kind = $2 and withdrawn_at is null',
      [customerId, kind, this.clock.now()],
    );
  }
}
