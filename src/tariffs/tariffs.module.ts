import { Module } from '@nestjs/common';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { AuditModule } from '../audit/audit.module.js';
import { Catalogue } from './catalogue/catalogue.service.js';
import { FileComparison } from './import/file-comparison.service.js';
import { TariffExports } from './import/tariff-exports.service.js';
import { TariffImports } from './import/tariff-imports.service.js';
import { Operator } from './operator.entity.js';
import { Operators } from './operators.service.js';
import { TariffDrafts } from './tariff-drafts.service.js';
import { TariffPublishing } from './tariff-publishing.service.js';
import { TariffReader } from './tariff-reader.service.js';
import { TariffVersion } from './tariff-version.entity.js';
import { Tariff } from './tariff.entity.js';

/** Operators, their tariffs and what the tariffs say. */
@Module({
  imports: [AuditModule, MikroOrmModule.forFeature([Operator, Tariff, TariffVersion])],
  providers: [
    Operators,
    TariffDrafts,
    TariffPublishing,
    TariffReader,
    Catalogue,
    FileComparison,
    TariffImports,
    TariffExports,
  ],
  exports: [Operators, TariffDrafts, TariffPublishing, TariffReader, Catalogue, TariffImports, TariffExports],
})
export class TariffsModule {}
