import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { SimsModule } from '../../sims/sims.module.js';
import { BulkController } from './bulk.controller.js';
import { ImportPages } from './import-pages.service.js';
import { SimImportQueries } from './import.queries.js';
import { ImportsController } from './imports.controller.js';
import { OfficesController } from './offices.controller.js';
import { SimSecretsController } from './secrets.controller.js';
import { SimDesk } from './sim-desk.service.js';
import { SimListQueries } from './sim-list.queries.js';
import { SimPages } from './sim-pages.service.js';
import { SimQueries } from './sim.queries.js';
import { SimsController } from './sims.controller.js';
import { StockController } from './stock.controller.js';
import { StockQueries } from './stock.queries.js';

@Module({
  imports: [AuthModule, SimsModule],
  // The cards' own addresses last: theirs is an id where the others have a word.
  controllers: [
    ImportsController,
    OfficesController,
    StockController,
    BulkController,
    SimSecretsController,
    SimsController,
  ],
  providers: [SimPages, SimDesk, ImportPages, SimListQueries, SimQueries, StockQueries, SimImportQueries],
  exports: [SimListQueries],
})
export class SimsDeskModule {}
