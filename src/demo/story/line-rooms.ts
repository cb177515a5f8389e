import { SimSwaps } from '../../auth/logins/sim-swaps.service.js';
import { Config } from '../../infra/config/config.js';
import type { Sql } from '../../infra/database/sql.js';
import { LineRequests } from '../../lines/actions/line-requests.service.js';
import { Suspensions } from '../../lines/actions/suspensions.service.js';
import { TariffChanges } from '../../lines/actions/tariff-changes.service.js';
import { Messages } from '../../notifications/messages.service.js';
import { ReplacedSims } from '../../sims/replacement/replaced-sims.service.js';
import { ReplacementNotices } from '../../sims/replacement/replacement-notices.service.js';
import { SimReplacements } from '../../sims/replacement/sim-replacements.service.js';
import { SimCandidates } from '../../sims/stock/sim-candidates.service.js';
import { SimStock } from '../../sims/stock/sim-stock.service.js';
import { Catalogue } from '../../tariffs/catalogue/catalogue.service.js';
import { OperatorChannels } from '../../tasks/operator-channels.service.js';
import { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import { linesAt } from './order-rooms.js';
import type { StoryAudit } from './story-audit.js';
import type { StoryClock } from './story-clock.js';
import { StoryDatabase } from './story-database.js';

/** Who asks operators for something about lines, in one transaction. */
export interface LineClerks {
  suspensions: Suspensions;
  tariffs: TariffChanges;
  replacements: SimReplacements;
  tasks: OperatorTasks;
}

type Get = <T>(service: abstract new (...args: never[]) => T) => T;

/** Nobody gets an SMS about what happened before the demo began. */
class NoNotices extends ReplacementNotices {
  override tell(): Promise<void> {
    return Promise.resolve();
  }
}

export function lineClerks(sql: Sql, clock: StoryClock, audit: StoryAudit, get: Get): LineClerks {
  const database = new StoryDatabase(sql);
  const config = get(Config);
  const tasks = new OperatorTasks(new OperatorChannels(database, audit, clock), audit, clock);
  const lines = linesAt(tasks, { database, clock, audit, get });
  const stock = new SimStock(audit, clock);
  const requests = new LineRequests(lines, tasks, clock, config);
  const suspensions = new Suspensions(requests, lines, tasks);
  const tariffs = new TariffChanges(requests, lines, new Catalogue(database, config, clock), tasks);
  const swaps = new SimSwaps(get(Messages), clock, config);
  const replaced = new ReplacedSims(lines, stock, swaps, new NoNotices(get(Messages)), tasks);
  for (const handler of [suspensions, tariffs, replaced]) handler.onModuleInit();
  return {
    suspensions,
    tariffs,
    replacements: new SimReplacements(requests, stock, get(SimCandidates), database),
    tasks,
  };
}
