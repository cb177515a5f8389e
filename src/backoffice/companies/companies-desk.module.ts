import { Module } from '@nestjs/common';
import { CustomersModule } from '../../customers/customers.module.js';
import { LinesModule } from '../../lines/lines.module.js';
import { CompaniesController } from './companies.controller.js';
import { CompanyController } from './company.controller.js';
import { CompanyListQueries } from './company-list.queries.js';
import { CompanyPages } from './company-pages.service.js';

@Module({
  imports: [CustomersModule, LinesModule],
  controllers: [CompaniesController, CompanyController],
  providers: [CompanyListQueries, CompanyPages],
  exports: [CompanyPages],
})
export class CompaniesDeskModule {}
