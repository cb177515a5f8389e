import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.service.js';
import { FirstPasswords } from '../../auth/first-log-in/first-passwords.service.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import type { Actor } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import type { SimCodes } from '../import/sim-rows.js';
import { SimNotFound } from '../sims.errors.js';
import { SimSeal } from './sim-seal.service.js';

export const REVEALS = ['iccid', 'codes', 'lpa'] as const;
export type Reveal = (typeof REVEALS)[number];

export type Revealed =
  { what: 'iccid'; iccid: string; raw: string } | { what: 'codes'; codes: SimCodes } | { what: 'lpa'; lpa: string };

interface SecretRow {
  number: string | null;
  iccid: string;
  iccid_raw: string;
  codes_sealed: Buffer | null;
  lpa_sealed: Buffer | null;
}

/** Shows what nobody sees in passing, and writes down who saw it. The second step (the password again) is the page's matter. */
@Injectable()
export class SimReveals {
  constructor(
    private readonly database: Database,
    private readonly seal: SimSeal,
    private readonly first: FirstPasswords,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws SimNotFound, `sim_nothing_to_reveal`, `sim_lpa_revealed` where the activation code was shown before, and
   * `sim_digits_alive` while the number's last four digits are its owner's first password (A3): nobody is shown them then.
   */
  reveal(simId: string, what: Reveal, actor: Actor): Promise<Revealed> {
    return this.database.transaction(async (sql) => {
      const [row] = await sql.query<SecretRow>(
        'select number, iccid, iccid_raw, codes_sealed, lpa_sealed from sim_card where id = $1 for update',
        [simId],
      );
      if (!row) throw new SimNotFound();
      if (what === 'iccid') await this.expectSpentDigits(sql, row.number);
      const revealed = this.read(simId, what, row);
      if (what === 'lpa') await expectHidden(sql, simId);
      await sql.query('insert into sim_reveal (id, sim_id, what, staff_id, at) values ($1, $2, $3, $4, $5)', [
        ...[newId(), simId, what, actor.id, this.clock.now()],
      ]);
      const object = { kind: 'sim', id: simId };
      await this.audit.record(sql, { actor, action: `sim.${what}_revealed`, object });
      return revealed;
    });
  }

  private async expectSpentDigits(sql: Sql, number: string | null): Promise<void> {
    if (number && (await this.first.loginOf(sql, number))) throw new DomainError('sim_digits_alive', 'conflict');
  }

  private read(id: string, what: Reveal, row: SecretRow): Revealed {
    if (what === 'iccid') return { what, iccid: row.iccid, raw: row.iccid_raw };
    const sealed = what === 'codes' ? row.codes_sealed : row.lpa_sealed;
    if (!sealed) throw new DomainError('sim_nothing_to_reveal', 'conflict');
    const text = this.seal.open(what, id, sealed).toString();
    return what === 'lpa' ? { what, lpa: text } : { what, codes: JSON.parse(text) as SimCodes };
  }
}

/** The card's lock is held: nobody shows it meanwhile. */
async function expectHidden(sql: Sql, simId: string): Promise<void> {
  const [shown] = await sql.query(`select 1 from sim_reveal where sim_id = $1 and what = 'lpa'`, [simId]);
  if (shown) throw new DomainError('sim_lpa_revealed', 'conflict');
}
