import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { StaffOnly } from '../infra/web/guards.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import { FrontDesk } from './front-desk.service.js';

@Controller('admin/search')
@UseGuards(StaffOnly)
export class SearchController {
  constructor(private readonly desk: FrontDesk) {}

  @Get()
  async find(@Query('q') typed: unknown): Promise<SeeOther> {
    return seeOther(await this.desk.whereIs(typed));
  }
}
