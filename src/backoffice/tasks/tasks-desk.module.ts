import { Module } from '@nestjs/common';
import { TariffsModule } from '../../tariffs/tariffs.module.js';
import { TasksModule } from '../../tasks/tasks.module.js';
import { ChannelPages } from './channel-pages.service.js';
import { ChannelQueries } from './channel.queries.js';
import { ChannelsController } from './channels.controller.js';
import { FilePages } from './file-pages.service.js';
import { InstructionsController } from './instructions.controller.js';
import { OperatorFilesController } from './operator-files.controller.js';
import { TaskEndingsController } from './task-endings.controller.js';
import { TaskListPages } from './task-list-pages.service.js';
import { TaskListQueries } from './task-list.queries.js';
import { TaskPages } from './task-pages.service.js';
import { TaskPilesController } from './task-piles.controller.js';
import { TaskQueries } from './task.queries.js';
import { TasksController } from './tasks.controller.js';

/** Operators' tasks in the back office. */
@Module({
  imports: [TariffsModule, TasksModule],
  // Fixed addresses come before those of tasks.
  controllers: [
    ...[TaskPilesController, ChannelsController, OperatorFilesController, InstructionsController],
    ...[TasksController, TaskEndingsController],
  ],
  providers: [TaskListPages, TaskPages, ChannelPages, FilePages, TaskListQueries, TaskQueries, ChannelQueries],
  exports: [TaskListQueries],
})
export class TasksDeskModule {}
