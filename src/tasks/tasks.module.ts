import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { TaskDesk } from './desk/task-desk.service.js';
import { TaskPiles } from './desk/task-piles.service.js';
import { TaskProofs } from './desk/task-proofs.service.js';
import { AnswerRows } from './exchange/answer-rows.service.js';
import { IncomingFiles } from './exchange/incoming-files.service.js';
import { OperatorExchange } from './exchange/operator-exchange.service.js';
import { OperatorFiles } from './exchange/operator-files.service.js';
import { OutgoingFiles } from './exchange/outgoing-files.service.js';
import { TaskInstructions } from './instructions/task-instructions.service.js';
import { OperatorChannels } from './operator-channels.service.js';
import { OperatorTasks } from './operator-tasks.service.js';
import { TaskData } from './own-data/task-data.service.js';
import { TaskSteps } from './task-steps.service.js';

/** What operators of mobile numbers must do for our lines. */
@Module({
  imports: [AuditModule, NotificationsModule, PersonalDataModule],
  providers: [
    ...[OperatorChannels, OperatorTasks, TaskSteps, TaskDesk, TaskPiles, TaskProofs, TaskInstructions, TaskData],
    ...[OutgoingFiles, IncomingFiles, AnswerRows, OperatorFiles, OperatorExchange],
  ],
  exports: [
    ...[OperatorChannels, OperatorTasks, TaskDesk, TaskPiles, TaskProofs, TaskInstructions],
    ...[OutgoingFiles, IncomingFiles, OperatorFiles],
  ],
})
export class TasksModule {}
