import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { StaffRole } from '../../infra/web/viewer.js';

/** Who works here; asked at every page of the back office. */
@Injectable()
export class StaffRoster {
  constructor(private readonly database: Database) {}

  /** Null for whoever may no longer come in: it takes effect at their next click. */
  async find(id: string): Promise<{ name: string; role: StaffRole } | null> {
    const [member] = await this.database.query<{ name: string; role: StaffRole }>(
      'select name, role from staff where id = $1 and disabled_at is null',
      [id],
    );
    return member ?? null;
  }
}
