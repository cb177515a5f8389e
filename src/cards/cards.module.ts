import { Module } from '@nestjs/common';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { AuditModule } from '../audit/audit.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { BatchExport } from './batch-export.service.js';
import { BatchService } from './batch.service.js';
import { CardBatch } from './card-batch.entity.js';
import { CardRegister } from './card-register.service.js';
import { CardReplacement } from './card-replacement.entity.js';
import { CardSale } from './card-sale.entity.js';
import { CardSales } from './sale.service.js';
import { Card } from './card.entity.js';
import { PossessionCodes } from './possession-codes.service.js';

@Module({
  imports: [AuditModule, LedgerModule, MikroOrmModule.forFeature([Card, CardBatch, CardSale, CardReplacement])],
  providers: [BatchService, BatchExport, PossessionCodes, CardRegister, CardSales],
  exports: [BatchService, BatchExport, PossessionCodes, CardRegister, CardSales],
})
export class CardsModule {}
