import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { AbsorbedLines } from './absorbed-lines.service.js';
import { LineNames } from './line-names.service.js';
import { LineData } from './own-data/line-data.service.js';
import { Lines } from './lines.service.js';
import { PersonalAccounts } from './personal-accounts.service.js';

@Module({
  imports: [AuditModule, AuthModule, CustomersModule, LedgerModule, PersonalDataModule, TasksModule],
  providers: [AbsorbedLines, LineData, LineNames, Lines, PersonalAccounts],
  exports: [LineNames, Lines, PersonalAccounts],
})
export class LinesModule {}
