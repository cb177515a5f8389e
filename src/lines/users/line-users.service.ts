import { Injectable } from '@nestjs/common';
import { Companies } from '../../customers/companies/companies.service.js';
import type { StoredCompany } from '../../customers/companies/company-rows.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { EsiaStates } from '../esia/esia-states.service.js';
import { Lines } from '../lines.service.js';
import { type CompanyLine, lockCompanyLine, userOf } from './company-line.js';
import { isAnother, isSame, type KnownUser, type LineUser } from './line-user.js';

/** Who uses which number of a company. Whoever it is, the number opens no cabinet; another user is put into ESIA anew. */
@Injectable()
export class LineUsers {
  constructor(
    private readonly companies: Companies,
    private readonly lines: Lines,
    private readonly esia: EsiaStates,
    private readonly database: Database,
  ) {}

  /** Null where nobody uses it for now: then the company does. Throws CompanyNotFound, LineNotFound, LineStateForbids. */
  async name(customerId: string, lineId: string, user: LineUser | null, actor: Actor): Promise<void> {
    await this.database.transaction(async (sql) => {
      const company = await this.companies.lockLive(sql, customerId);
      await this.nameWithin(sql, company, { lineId, user }, actor);
    });
  }

  /** The company is locked. */
  async nameWithin(sql: Sql, company: StoredCompany, { lineId, user }: Naming, actor: Actor): Promise<void> {
    const line = await lockCompanyLine(sql, company.customer_id, lineId);
    // Nobody was named before either: whoever uses it goes on.
    if (user === null && line.user_kind === null) return;
    const next: KnownUser = user ?? { name: company.name, kind: null, note: null };
    if (isSame(userOf(line), next)) return;
    if (isAnother(userOf(line), next)) await this.esia.require(sql, line, actor);
    await this.write(sql, line, next, actor);
  }

  /** A company's line was handed over (T6). Whoever the clerk was told of is an employee until the company says more. */
  async handedOver(sql: Sql, customerId: string, { lineId, usedBy }: HandedOver, actor: Actor): Promise<void> {
    const company = await this.companies.lockLive(sql, customerId);
    const line = await lockCompanyLine(sql, customerId, lineId);
    await this.esia.require(sql, line, actor);
    if (usedBy === null) return;
    await this.nameWithin(sql, company, { lineId, user: { name: usedBy, kind: 'person', note: null } }, actor);
  }

  private async write(sql: Sql, line: CompanyLine, { name, kind, note }: KnownUser, actor: Actor): Promise<void> {
    const { id, tariff_version_id: tariffVersionId } = line;
    if (line.used_by === name) {
      await this.lines.note(sql, { line: { id, tariffVersionId }, kind: 'user_changed', actor });
    } else {
      await this.lines.changeUser(sql, id, name, actor);
    }
    await sql.query('update line set user_kind = $2, user_note = $3 where id = $1', [id, kind, note]);
  }
}

interface Naming {
  lineId: string;
  user: LineUser | null;
}

interface HandedOver {
  lineId: string;
  /** Null where the clerk was told of nobody. */
  usedBy: string | null;
}
