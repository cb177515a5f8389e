import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import { PurchaseReader } from '../loyalty/purchase-reader.service.js';
import { Clock } from '../shared/clock.js';
import { registeredAnswer } from './answers.js';
import type { RegisteredPurchaseAnswer } from './dto/answers.js';

/** Shows tills the purchases of their own station. */
@Injectable()
export class PurchaseViewer {
  constructor(
    private readonly purchases: PurchaseReader,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async show(terminal: TerminalIdentity, id: string): Promise<RegisteredPurchaseAnswer> {
    const purchase = await this.purchases.ofStation(this.database, terminal.stationId, id, this.clock.now());
    return registeredAnswer(purchase, this.config.timeZone);
  }
}
