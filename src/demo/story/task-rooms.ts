import type { Config } from '../../infra/config/config.js';
import type { Messages } from '../../notifications/messages.service.js';
import { TaskDesk } from '../../tasks/desk/task-desk.service.js';
import { TaskProofs } from '../../tasks/desk/task-proofs.service.js';
import { AnswerRows } from '../../tasks/exchange/answer-rows.service.js';
import { IncomingFiles } from '../../tasks/exchange/incoming-files.service.js';
import { OutgoingFiles } from '../../tasks/exchange/outgoing-files.service.js';
import type { OperatorChannels } from '../../tasks/operator-channels.service.js';
import type { OperatorTasks } from '../../tasks/operator-tasks.service.js';
import type { TaskSteps } from '../../tasks/task-steps.service.js';
import type { StoryAudit } from './story-audit.js';
import type { StoryClock } from './story-clock.js';
import type { StoryDatabase } from './story-database.js';

/** Who puts tasks to operators, in one transaction. */
export interface TaskClerks {
  tasks: OperatorTasks;
  channels: OperatorChannels;
  desk: TaskDesk;
  outgoing: OutgoingFiles;
  incoming: IncomingFiles;
}

interface Tools {
  database: StoryDatabase;
  tasks: OperatorTasks;
  channels: OperatorChannels;
  steps: TaskSteps;
  audit: StoryAudit;
  clock: StoryClock;
  config: Config;
}

/** No message goes out before the demo begins, so nobody rings. */
const SILENT = { ring: () => undefined } as unknown as Messages;

export function taskClerks({ database, tasks, channels, steps, audit, clock, config }: Tools): TaskClerks {
  const rows = new AnswerRows(database, tasks, steps);
  return {
    ...{ tasks, channels },
    desk: new TaskDesk(database, tasks, steps, new TaskProofs(database, steps, audit, clock), SILENT),
    outgoing: new OutgoingFiles(database, audit, clock),
    incoming: new IncomingFiles(database, rows, SILENT, audit, clock, config),
  };
}
