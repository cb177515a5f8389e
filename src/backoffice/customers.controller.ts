import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Roles } from '../infra/web/guards.js';
import { KnownId } from '../infra/web/known-id.pipe.js';
import { Layout, Page } from '../infra/web/page.js';
import type { Actor } from '../shared/actor.js';
import { Clerk } from './clerk.js';
import { CompanyPages } from './companies/company-pages.service.js';
import { CustomerList } from './customer-list.service.js';
import { CustomerPage } from './customer-page.service.js';
import type { PageQuery } from './page-query.js';

@Controller('admin/customers')
@Roles('admin', 'manager', 'operator', 'accountant')
@Layout('backoffice')
export class CustomersController {
  constructor(
    private readonly customers: CustomerList,
    private readonly page: CustomerPage,
    private readonly companies: CompanyPages,
  ) {}

  @Get()
  @Page('backoffice/customers', 'backoffice')
  list(@Query() query: PageQuery): Promise<object> {
    return this.customers.customers(query);
  }

  @Get(':id')
  @Page('backoffice/customer', 'backoffice')
  async show(@Param('id', KnownId) id: string): Promise<object> {
    return { ...(await this.page.customer(id)), business: await this.companies.panel(id) };
  }

  /** The page with the whole phone on it, this once; who looked is on record. */
  @Post(':id/phone-reveals')
  @HttpCode(200)
  @Roles('admin', 'manager', 'operator')
  @Page('backoffice/customer', 'backoffice')
  async reveal(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<object> {
    return { ...(await this.page.revealPhone(id, clerk)), business: await this.companies.panel(id) };
  }
}
