import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import type { PromotionTerms } from './promotion-terms.js';

export type PromotionState = 'draft' | 'published' | 'paused' | 'ended';
export type PromotionAction = 'drafted' | 'changed' | 'published' | 'paused' | 'resumed' | 'ended';

export interface StoredPromotion {
  id: string;
  number: number;
  state: PromotionState;
  version: number;
  terms: PromotionTerms;
}

/** What may be done to a promotion in which state, and what becomes of it. */
const STEPS = {
  published: { from: ['draft'], to: 'published' },
  paused: { from: ['published'], to: 'paused' },
  resumed: { from: ['paused'], to: 'published' },
  ended: { from: ['draft', 'published', 'paused'], to: 'ended' },
} as const satisfies Partial<Record<PromotionAction, { from: readonly PromotionState[]; to: PromotionState }>>;
export type PromotionStep = keyof typeof STEPS;

/**
 * What staff do with promotions (product L7, B5). Every change is a new version with whoever made it; tills go by it with
 * their next batch.
 */
@Injectable()
export class Promotions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Writes a draft, which gives nothing yet; returns its id. */
  draftPromotion(terms: PromotionTerms, actor: Actor): Promise<string> {
    return this.database.transaction((sql) => this.draft(sql, terms, actor));
  }

  /** The same in the caller's transaction. */
  async draft(sql: Sql, terms: PromotionTerms, actor: Actor): Promise<string> {
    const id = newId();
    const params = [id, JSON.stringify(terms), this.clock.now()];
    const [row] = await sql.query<StoredPromotion>(
      `insert into promotion (id, state, terms, created_at) values ($1, 'draft', $2, $3)
       returning id, number, state, version, terms`,
      params,
    );
    await this.keep(sql, row!, 'drafted', actor);
    return id;
  }

  /** New terms, for purchases from now on. Throws `promotion_changed` where somebody else was faster, `promotion_ended`. */
  async changePromotion(id: string, version: number, terms: PromotionTerms, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const before = await lock(sql, id);
      if (before.state === 'ended') throw new DomainError('promotion_ended', 'conflict');
      if (before.version !== version) throw new DomainError('promotion_changed', 'conflict');
      if (JSON.stringify(sorted(before.terms)) === JSON.stringify(sorted(terms))) return;
      await this.write(sql, { ...before, terms }, 'changed', actor);
    });
  }

  /** Publishes, pauses, resumes or ends it. Throws `promotion_step` where its state does not allow that. */
  takeStep(id: string, step: PromotionStep, actor: Actor): Promise<void> {
    return this.database.transaction((sql) => this.step(sql, id, step, actor));
  }

  /** The same in the caller's transaction. */
  async step(sql: Sql, id: string, step: PromotionStep, actor: Actor): Promise<void> {
    const before = await lock(sql, id);
    const { from, to } = STEPS[step];
    if (before.state === to) return;
    if (!from.some((state) => state === before.state)) throw new DomainError('promotion_step', 'conflict');
    await this.write(sql, { ...before, state: to }, step, actor);
  }

  async findPromotion(id: string): Promise<StoredPromotion> {
    return found(await this.database.query<StoredPromotion>(SELECT, [id]));
  }

  private async write(sql: Sql, promotion: StoredPromotion, action: PromotionAction, actor: Actor): Promise<void> {
    const after = { ...promotion, version: promotion.version + 1 };
    await sql.query('update promotion set state = $2, version = $3, terms = $4 where id = $1', [
      ...[after.id, after.state, after.version, JSON.stringify(after.terms)],
    ]);
    await this.keep(sql, after, action, actor);
  }

  private async keep(sql: Sql, promotion: StoredPromotion, action: PromotionAction, actor: Actor): Promise<void> {
    const { id, version, state, terms } = promotion;
    await sql.query(
      `insert into promotion_version (promotion_id, version, action, state, terms, changed_by, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[id, version, action, state, JSON.stringify(terms)],
        ...[actor.kind === 'staff' ? actor.id : null, this.clock.now()],
      ],
    );
    const object = { kind: 'promotion', id };
    await this.audit.record(sql, { actor, action: `promotion.${action}`, object, facts: { version } });
  }
}

const SELECT = 'select id, number, state, version, terms from promotion where id = $1';

async function lock(sql: Sql, id: string): Promise<StoredPromotion> {
  return found(await sql.query<StoredPromotion>(`${SELECT} for update`, [id]));
}

function found([promotion]: StoredPromotion[]): StoredPromotion {
  if (!promotion) throw new DomainError('not_found', 'not_found');
  return promotion;
}

/** JSON in the database has its own order of names. */
function sorted(terms: PromotionTerms): [string, unknown][] {
  return Object.entries(terms).sort(([one], [other]) => (one < other ? -1 : 1));
}
