import { Module } from '@nestjs/common';
import { LinesModule } from '../../lines/lines.module.js';
import { SimsModule } from '../../sims/sims.module.js';
import { TariffsModule } from '../../tariffs/tariffs.module.js';
import { LineActionPages } from './line-action-pages.service.js';
import { LineCardsController } from './line-cards.controller.js';
import { LineDesk } from './line-desk.service.js';
import { LineListPages } from './line-list-pages.service.js';
import { LineListQueries } from './line-list.queries.js';
import { LinePages } from './line-pages.service.js';
import { LinePageQueries } from './line.queries.js';
import { LineTermsController } from './line-terms.controller.js';
import { LinesController } from './lines.controller.js';

@Module({
  imports: [LinesModule, SimsModule, TariffsModule],
  controllers: [LinesController, LineTermsController, LineCardsController],
  providers: [LineListPages, LinePages, LineActionPages, LineListQueries, LinePageQueries, LineDesk],
})
export class LinesDeskModule {}
