import { EntityManager } from '@mikro-orm/postgresql';
import type { ModuleRef } from '@nestjs/core';
import { ApiKeys } from '../../auth/api-keys/api-keys.service.js';
import { IvrKeys } from '../../auth/api-keys/ivr-keys.service.js';
import { Secrets } from '../../auth/secrets.service.js';
import { Logins } from '../../auth/logins/logins.service.js';
import { CardRegister } from '../../cards/card-register.service.js';
import { CardSales } from '../../cards/sale.service.js';
import { Consents } from '../../customers/consents.service.js';
import { Customers } from '../../customers/customers.service.js';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { Activation } from '../../loyalty/activation/activation.service.js';
import { Newcomers } from '../../loyalty/activation/newcomers.service.js';
import { Refunds } from '../../loyalty/after-sale/refunds.service.js';
import { ClaimReturns } from '../../loyalty/claims/claim-returns.service.js';
import { ReceiptPlaces } from '../../loyalty/claims/places.service.js';
import { ReceiptClaims } from '../../loyalty/claims/receipt-claims.service.js';
import { ReceiptUploads } from '../../loyalty/claims/receipt-uploads.service.js';
import { SettlementQueries } from '../../loyalty/claims/settlement.queries.js';
import { Settlement } from '../../loyalty/claims/settlement.service.js';
import { StationReceipts } from '../../loyalty/claims/station-receipts.service.js';
import { Promotions } from '../../loyalty/promotions/promotions.service.js';
import { Purchasing } from '../../loyalty/purchasing.service.js';
import { TillCashiers } from '../../stations/tills/till-cashiers.service.js';
import type { ClaimRooms } from './claims.js';
import type { StoryClock } from './story-clock.js';
import { StoryAudit } from './story-audit.js';
import { StoryDatabase } from './story-database.js';

/** The clerks that the story is told with: the product's own services, living at the story's moment. */
export interface Rooms {
  keys: ApiKeys;
  ivrKeys: IvrKeys;
  sales: CardSales;
  newcomers: Newcomers;
  activation: Activation;
  purchasing: Purchasing;
  promotions: Promotions;
  cashiers: TillCashiers;
  claimsWithin: (sql: Sql) => ClaimRooms;
}

export function roomsAt(clock: StoryClock, modules: ModuleRef): Rooms {
  const get: Get = (service) => modules.get(service, { strict: false });
  const audit = new StoryAudit(clock);
  const ledger = get(Ledger);
  const consents = new Consents(get(EntityManager), audit, clock);
  const newcomers = new Newcomers(new Customers(new Logins(clock), audit, clock), consents, ledger);
  return {
    keys: new ApiKeys(audit, clock),
    ivrKeys: new IvrKeys(get(Database), audit, clock),
    sales: get(CardSales),
    newcomers,
    activation: new Activation(newcomers, get(CardRegister), ledger, audit, clock),
    purchasing: get(Purchasing),
    promotions: new Promotions(get(Database), audit, clock),
    cashiers: new TillCashiers(get(Database), get(Secrets), audit, clock),
    claimsWithin: (sql) => claimRooms(new StoryDatabase(sql), { get, audit, clock }),
  };
}

function claimRooms(database: Database, { get, audit, clock }: Tools): ClaimRooms {
  const [places, queries, outbox] = [new ReceiptPlaces(database), new SettlementQueries(database), get(Outbox)];
  const returns = new ClaimReturns(database, get(Refunds), audit, clock);
  const settlement = new Settlement(database, queries, get(Purchasing), returns, clock);
  return {
    claims: new ReceiptClaims(database, places, settlement, outbox, clock, get(Config)),
    uploads: new ReceiptUploads(database, places, get(StationReceipts), outbox, audit, clock),
    settleUpload: (id) => settlement.settleUpload(id),
  };
}

type Get = <T>(service: abstract new (...args: never[]) => T) => T;

interface Tools {
  get: Get;
  audit: StoryAudit;
  clock: StoryClock;
}
