import { Controller, Get, UseGuards } from '@nestjs/common';
import { StaffOnly } from '../infra/web/guards.js';
import { Page } from '../infra/web/page.js';
import { TodayBoard } from './today-board.service.js';

@Controller('admin')
@UseGuards(StaffOnly)
export class TodayController {
  constructor(private readonly board: TodayBoard) {}

  @Get()
  @Page('backoffice/today', 'backoffice')
  show(): Promise<object> {
    return this.board.today();
  }
}
