import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { OperatorChannels } from './operator-channels.service.js';
import { OperatorTasks } from './operator-tasks.service.js';

/** What operators of mobile numbers must do for our lines. */
@Module({
  imports: [AuditModule],
  providers: [OperatorChannels, OperatorTasks],
  exports: [OperatorChannels, OperatorTasks],
})
export class TasksModule {}
