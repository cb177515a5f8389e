import { Module } from '@nestjs/common';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CategoryAlias } from './category-alias.entity.js';
import { CategoryAliases } from './category-aliases.service.js';
import { CategoryCodes } from './category-codes.service.js';
import { Station } from './station.entity.js';
import { StationsService } from './stations.service.js';
import { Terminal } from './terminal.entity.js';
import { TerminalsService } from './terminals.service.js';
import { TillCashiers } from './tills/till-cashiers.service.js';
import { TillDevices } from './tills/till-devices.service.js';
import { TillShifts } from './tills/till-shifts.service.js';

@Module({
  imports: [AuditModule, AuthModule, MikroOrmModule.forFeature([Station, Terminal, CategoryAlias])],
  providers: [StationsService, TerminalsService, CategoryAliases, CategoryCodes, TillDevices, TillCashiers, TillShifts],
  exports: [StationsService, TerminalsService, CategoryAliases, CategoryCodes, TillDevices, TillCashiers, TillShifts],
})
export class StationsModule {}
