import { Module } from '@nestjs/common';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { AuditModule } from '../audit/audit.module.js';
import { Operator } from './operator.entity.js';
import { TariffVersion } from './tariff-version.entity.js';
import { Tariff } from './tariff.entity.js';

/** Operators, their tariffs and what the tariffs say. */
@Module({
  imports: [AuditModule, MikroOrmModule.forFeature([Operator, Tariff, TariffVersion])],
})
export class TariffsModule {}
