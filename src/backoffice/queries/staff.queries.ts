import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { StaffRole } from '../../infra/web/viewer.js';
import { Clock } from '../../shared/clock.js';

export interface StaffRow {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  disabled_at: string | null;
  created_at: string;
  last_login_at: string | null;
}

export interface InvitationRow {
  id: string;
  email: string;
  role: StaffRole;
  expires_at: string;
}

@Injectable()
export class StaffQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Who accepts an invitation is in at once, so setting a password counts as a log-in. */
  staff(): Promise<StaffRow[]> {
    return this.database.query<StaffRow>(
      `select s.id, s.name, s.email, s.role, s.disabled_at, s.created_at,
              (select at from audit_log where object_kind = 'staff' and object_id = s.id::text
               and action in ('staff.logged_in', 'staff.password_set') order by seq desc limit 1) as last_login_at
       from staff s order by s.disabled_at is not null, s.name collate "und-x-icu", s.id limit 500`,
    );
  }

  /** What whoever has this address may do here already; null for strangers and for those who left. */
  async roleOf(email: string): Promise<StaffRole | null> {
    const [member] = await this.database.query<{ role: StaffRole }>(
      'select role from staff where email = lower($1) and disabled_at is null',
      [email],
    );
    return member?.role ?? null;
  }

  /** Links that still open. */
  openInvitations(): Promise<InvitationRow[]> {
    return this.database.query<InvitationRow>(
      `select id, email, role, expires_at from staff_invitation
       where used_at is null and expires_at > $1 order by created_at desc limit 100`,
      [this.clock.real()],
    );
  }
}
