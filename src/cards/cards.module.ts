import { Module, type OnModuleInit } from '@nestjs/common';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { AuditModule } from '../audit/audit.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { LedgerProof } from '../ledger/ledger-proof.service.js';
import { BatchExport } from './batch-export.service.js';
import { BatchService } from './batch.service.js';
import { CARD_RULES } from './block-proof.js';
import { CardBlocks } from './blocks/card-blocks.service.js';
import { CardBatch } from './card-batch.entity.js';
import { CardLocks } from './card-locks.service.js';
import { CardNames } from './card-names.service.js';
import { CardRegister } from './card-register.service.js';
import { CardSale } from './card-sale.entity.js';
import { CardSales } from './sale.service.js';
import { Card } from './card.entity.js';
import { CardData } from './own-data/card-data.service.js';
import { PossessionCodes } from './possession-codes.service.js';
import { CardReplacement } from './replacements/card-replacement.entity.js';
import { CardReplacements } from './replacements/card-replacements.service.js';
import { VirtualIssue } from './virtual-issue.service.js';

const changes = [CardLocks, CardBlocks, CardNames, VirtualIssue, CardReplacements];

@Module({
  imports: [
    AuditModule,
    LedgerModule,
    PersonalDataModule,
    MikroOrmModule.forFeature([Card, CardBatch, CardSale, CardReplacement]),
  ],
  providers: [CardData, BatchService, BatchExport, PossessionCodes, CardRegister, CardSales, ...changes],
  exports: [BatchService, BatchExport, PossessionCodes, CardRegister, CardSales, ...changes],
})
export class CardsModule implements OnModuleInit {
  constructor(private readonly proof: LedgerProof) {}

  onModuleInit(): void {
    this.proof.add(CARD_RULES);
  }
}
