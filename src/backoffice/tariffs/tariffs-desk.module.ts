import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { TariffsModule } from '../../tariffs/tariffs.module.js';
import { ImportPages } from './import-pages.service.js';
import { TariffImportsController } from './imports.controller.js';
import { ImportQueries } from './imports.queries.js';
import { OperatorsController } from './operators.controller.js';
import { TariffDesk } from './tariff-desk.service.js';
import { TariffList } from './tariff-list.service.js';
import { TariffStepsController } from './tariff-steps.controller.js';
import { TariffsDeskController } from './tariffs.controller.js';
import { TariffQueries } from './tariffs.queries.js';

/** The desk of tariffs; what has an address of its own stands before what has an id. */
@Module({
  imports: [AuthModule, TariffsModule],
  controllers: [OperatorsController, TariffImportsController, TariffsDeskController, TariffStepsController],
  providers: [TariffDesk, TariffList, TariffQueries, ImportPages, ImportQueries],
})
export class TariffsDeskModule {}
