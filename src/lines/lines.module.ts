import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { AbsorbedLines } from './absorbed-lines.service.js';
import { LineNames } from './line-names.service.js';
import { Lines } from './lines.service.js';
import { PersonalAccounts } from './personal-accounts.service.js';

@Module({
  imports: [AuditModule, AuthModule, CustomersModule, LedgerModule],
  providers: [AbsorbedLines, LineNames, Lines, PersonalAccounts],
  exports: [LineNames, Lines, PersonalAccounts],
})
export class LinesModule {}
