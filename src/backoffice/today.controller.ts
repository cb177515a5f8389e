import { Controller, Get, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { StaffOnly } from '../infra/web/guards.js';
import { Page } from '../infra/web/page.js';
import { OrdersToday } from './orders/orders-today.service.js';
import { TodayBoard } from './today-board.service.js';

@Controller('admin')
@UseGuards(StaffOnly)
export class TodayController {
  constructor(
    private readonly board: TodayBoard,
    private readonly orders: OrdersToday,
  ) {}

  @Get()
  @Page('backoffice/today', 'backoffice')
  async show(@Req() { viewer = null }: Request): Promise<object> {
    const [board, orders] = await Promise.all([this.board.today(), this.orders.waiting(viewer)]);
    return { ...board, orders };
  }
}
