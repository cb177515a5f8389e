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
import { SimReceiving } from '../../sims/import/sim-receiving.service.js';
import { Offices } from '../../sims/offices/offices.service.js';
import { SimSeal } from '../../sims/secrets/sim-seal.service.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import { StockKeeping } from '../../sims/stock/stock-keeping.service.js';
import { TillCashiers } from '../../stations/tills/till-cashiers.service.js';
import type { ClaimRooms } from './claims.js';
import { TariffDrafts } from '../../tariffs/tariff-drafts.service.js';
import { TariffPublishing } from '../../tariffs/tariff-publishing.service.js';
import type { SimRooms } from './sims.js';
import { LastWords } from '../../notifications/last-words.service.js';
import { Messages } from '../../notifications/messages.service.js';
import { CallbackDesk } from '../../support/callbacks/callback-desk.service.js';
import { CallbackFollowers } from '../../support/callbacks/callback-followers.service.js';
import { CallbackHours } from '../../support/callbacks/callback-hours.service.js';
import { CallbackLimits } from '../../support/callbacks/callback-limits.service.js';
import { CallbackLinks } from '../../support/callbacks/callback-links.service.js';
import { CallbackRequests } from '../../support/callbacks/callback-requests.service.js';
import { MissedCalls } from '../../support/callbacks/missed-calls.service.js';
import type { CallbackClerks } from './callbacks.js';
import { type LineClerks, lineClerks } from './line-rooms.js';
import { type OrderClerks, orderClerks } from './order-rooms.js';
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
  drafts: TariffDrafts;
  publishing: TariffPublishing;
  sims: SimRooms;
  callbacks: (sql: Sql) => CallbackClerks;
  orders: (sql: Sql) => OrderClerks;
  lines: (sql: Sql) => LineClerks;
}

export function roomsAt(clock: StoryClock, modules: ModuleRef): Rooms {
  const get: Get = (service) => modules.get(service, { strict: false });
  const audit = new StoryAudit(clock);
  const ledger = get(Ledger);
  const consents = new Consents(get(EntityManager), audit, clock);
  const newcomers = new Newcomers(new Customers(new Logins(clock), audit, clock, get(Config)), consents, ledger);
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
    drafts: new TariffDrafts(get(Database), audit, clock),
    publishing: new TariffPublishing(get(Database), audit, clock, get(Config)),
    sims: {
      offices: new Offices(get(Database), audit, clock),
      receiving: new SimReceiving(get(SimSeal), clock),
      keeping: new StockKeeping(get(Database), audit, clock),
      stock: new SimStock(audit, clock),
    },
    callbacks: (sql) => callbackClerks(sql, clock, audit, get),
    orders: (sql) => orderClerks(sql, clock, audit, get),
    lines: (sql) => lineClerks(sql, clock, audit, get),
  };
}

function callbackClerks(sql: Sql, clock: StoryClock, audit: StoryAudit, get: Get): CallbackClerks {
  const database = new StoryDatabase(sql);
  const hours = new CallbackHours(get(Config), clock);
  const [limits, links] = [get(CallbackLimits), get(CallbackLinks)];
  const missedCalls = new MissedCalls(database, get(Messages), get(LastWords), links, clock);
  return {
    hours,
    requests: new CallbackRequests(database, limits, hours, links, audit, clock),
    followers: new CallbackFollowers(database, limits, hours, audit, clock),
    desk: new CallbackDesk(database, hours, missedCalls, audit, clock),
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
