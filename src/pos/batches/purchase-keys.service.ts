import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';

/** Finds purchases by the keys that they were registered under: a till that was offline knows no ids. */
@Injectable()
export class PurchaseKeys {
  constructor(private readonly database: Database) {}

  /** The id of the purchase that this terminal registered under the key; null where there is none. */
  async find(terminalId: string, key: string): Promise<string | null> {
    const [row] = await this.database.query<{ id: string }>(
      `select p.id from idempotency_key k join purchase p on p.id = (k.answer::json ->> 'id')::uuid
       where k.terminal_id = $1 and k.key = $2 and k.status = 201`,
      [terminalId, key],
    );
    return row?.id ?? null;
  }
}
