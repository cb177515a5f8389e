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
import { Ledger } from '../../ledger/ledger.service.js';
import { Activation } from '../../loyalty/activation/activation.service.js';
import { Newcomers } from '../../loyalty/activation/newcomers.service.js';
import { Promotions } from '../../loyalty/promotions/promotions.service.js';
import { Purchasing } from '../../loyalty/purchasing.service.js';
import { TillCashiers } from '../../stations/tills/till-cashiers.service.js';
import type { StoryClock } from './story-clock.js';
import { StoryAudit } from './story-audit.js';

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
}

export function roomsAt(clock: StoryClock, modules: ModuleRef): Rooms {
  const get = <T>(service: abstract new (...args: never[]) => T): T => modules.get<T>(service, { strict: false });
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
  };
}
