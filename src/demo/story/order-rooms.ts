import { EntityManager } from '@mikro-orm/postgresql';
import { FirstPasswords } from '../../auth/first-log-in/first-passwords.service.js';
import { SprayWatch } from '../../auth/first-log-in/spray-watch.service.js';
import { Logins } from '../../auth/logins/logins.service.js';
import { Secrets } from '../../auth/secrets.service.js';
import { Companies } from '../../customers/companies/companies.service.js';
import { Consents } from '../../customers/consents.service.js';
import { Customers } from '../../customers/customers.service.js';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { Ledger } from '../../ledger/ledger.service.js';
import { EsiaStates } from '../../lines/esia/esia-states.service.js';
import { Lines } from '../../lines/lines.service.js';
import { PersonalAccounts } from '../../lines/personal-accounts.service.js';
import { LineUsers } from '../../lines/users/line-users.service.js';
import { OrderConsents } from '../../orders/application/order-consents.service.js';
import { OrderRegister } from '../../orders/application/order-register.service.js';
import { OrderWriter } from '../../orders/application/order-writer.service.js';
import { OrderDesk } from '../../orders/desk/order-desk.service.js';
import { OrderPapers } from '../../orders/desk/order-papers.service.js';
import { OrderSims } from '../../orders/desk/order-sims.service.js';
import { Activations } from '../../orders/hand-over/activations.service.js';
import { HandOver } from '../../orders/hand-over/hand-over.service.js';
import { Receivers } from '../../orders/hand-over/receivers.service.js';
import { OrderLinks } from '../../orders/order-links.service.js';
import { OrderMoves } from '../../orders/order-moves.service.js';
import { OrderNotices } from '../../orders/order-notices.service.js';
import { PaperDrawing } from '../../papers/paper-drawing.service.js';
import { PaperTemplates } from '../../papers/paper-templates.service.js';
import { Papers } from '../../papers/papers.service.js';
import { SimCandidates } from '../../sims/stock/sim-candidates.service.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import { CallbackHours } from '../../support/callbacks/callback-hours.service.js';
import { OperatorChannels } from '../../tasks/operator-channels.service.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { TaskSteps } from '../../tasks/task-steps.service.js';
import type { StoryAudit } from './story-audit.js';
import type { StoryClock } from './story-clock.js';
import { StoryDatabase } from './story-database.js';
import { type TaskClerks, taskClerks } from './task-rooms.js';

/** Who runs orders, in one transaction. */
export interface OrderClerks {
  register: OrderRegister;
  desk: OrderDesk;
  sims: OrderSims;
  papers: OrderPapers;
  handOver: HandOver;
  companies: Companies;
  users: LineUsers;
  esia: EsiaStates;
  activations: Activations;
  tasks: TaskClerks;
}

type Get = <T>(service: abstract new (...args: never[]) => T) => T;

/** Nobody gets an SMS about what happened before the demo began. */
class NoNotices extends OrderNotices {
  override tell(): Promise<void> {
    return Promise.resolve();
  }
}

export function orderClerks(sql: Sql, clock: StoryClock, audit: StoryAudit, get: Get): OrderClerks {
  const database = new StoryDatabase(sql);
  const stock = new SimStock(audit, clock);
  const notices = new NoNotices(undefined as never, get(OrderLinks));
  const moves = new OrderMoves(stock, notices, audit, clock);
  const papers = new Papers(database, new PaperTemplates(database, audit, clock), get(PaperDrawing), audit, clock);
  const channels = new OperatorChannels(database, audit, clock);
  const tasks = new OperatorTasks(channels, audit, clock);
  const lines = linesAt(tasks, { database, clock, audit, get });
  const companies = new Companies(database, new Logins(clock), audit, clock);
  const esia = new EsiaStates(companies, lines, tasks, database, clock, get(Config));
  const users = new LineUsers(companies, lines, esia, database);
  const consents = new OrderConsents(new Consents(get(EntityManager), audit, clock));
  const customers = new Customers(new Logins(clock), audit, clock, get(Config));
  const receivers = new Receivers(customers, companies, users, get(Ledger), consents, audit);
  const writer = new OrderWriter(get(OrderLinks), new CallbackHours(get(Config), clock), consents, audit, clock);
  const activations = new Activations(database, tasks, lines, moves, audit, clock);
  activations.onModuleInit();
  const orderPapers = new OrderPapers(database, papers, clock);
  return {
    register: new OrderRegister(writer, get(OrderLinks), notices, clock),
    desk: new OrderDesk(database, moves, audit, clock),
    sims: new OrderSims(database, stock, get(SimCandidates), audit, clock),
    papers: orderPapers,
    ...{ companies, users, esia, activations },
    handOver: new HandOver(database, receivers, stock, lines, orderPapers, activations),
    tasks: taskClerks({
      database,
      tasks,
      channels,
      steps: new TaskSteps(audit, clock),
      audit,
      clock,
      config: get(Config),
    }),
  };
}

export function linesAt(tasks: OperatorTasks, { database, clock, audit, get }: Tools): Lines {
  const spray = new SprayWatch(database, audit, get(Secrets), clock, get(Config));
  const first = new FirstPasswords(database, spray, audit, get(Secrets), clock);
  return new Lines(new PersonalAccounts(get(Ledger), clock), new Logins(clock), first, tasks, audit, clock);
}

interface Tools {
  database: StoryDatabase;
  clock: StoryClock;
  audit: StoryAudit;
  get: Get;
}
