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
import { Ledger } from '../../ledger/ledger.service.js';
import { Activation } from '../../loyalty/activation/activation.service.js';
import { Newcomers } from '../../loyalty/activation/newcomers.service.js';
import { Promotions } from '../../loyalty/promotions/promotions.service.js';
import { Purchasing } from '../../loyalty/purchasing.service.js';
import { SimReceiving } from '../../sims/import/sim-receiving.service.js';
import { Offices } from '../../sims/offices/offices.service.js';
import { SimSeal } from '../../sims/secrets/sim-seal.service.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import { StockKeeping } from '../../sims/stock/stock-keeping.service.js';
import { TillCashiers } from '../../stations/tills/till-cashiers.service.js';
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
  drafts: TariffDrafts;
  publishing: TariffPublishing;
  sims: SimRooms;
  callbacks: (sql: Sql) => CallbackClerks;
  orders: (sql: Sql) => OrderClerks;
}

export function roomsAt(clock: StoryClock, modules: ModuleRef): Rooms {
  const get: Get = <T>(service: abstract new (...args: never[]) => T): T => modules.get<T>(service, { strict: false });
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
  };
}

type Get = <T>(service: abstract new (...args: never[]) => T) => T;

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
