import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { FileCheck } from './import/file-check.service.js';
import { SimImports } from './import/sim-imports.service.js';
import { SimReceiving } from './import/sim-receiving.service.js';
import { LinesModule } from '../lines/lines.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { Offices } from './offices/offices.service.js';
import { ReplacementNotices } from './replacement/replacement-notices.service.js';
import { ReplacedSims } from './replacement/replaced-sims.service.js';
import { SimReplacements } from './replacement/sim-replacements.service.js';
import { SimReveals } from './secrets/sim-reveals.service.js';
import { SimSeal } from './secrets/sim-seal.service.js';
import { SimCandidates } from './stock/sim-candidates.service.js';
import { SimStock } from './stock/sim-stock.service.js';
import { StockKeeping } from './stock/stock-keeping.service.js';

/** The stock of SIM cards: what there is, where it lies and for whom. */
@Module({
  imports: [AuditModule, AuthModule, LinesModule, NotificationsModule, TasksModule],
  providers: [
    ...[SimStock, SimCandidates, StockKeeping, Offices, SimReceiving, FileCheck, SimImports, SimSeal, SimReveals],
    ...[SimReplacements, ReplacedSims, ReplacementNotices],
  ],
  exports: [
    SimReplacements,
    SimStock,
    SimCandidates,
    StockKeeping,
    Offices,
    SimReceiving,
    SimImports,
    SimReveals,
    SimSeal,
  ],
})
export class SimsModule {}
