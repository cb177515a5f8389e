import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { LineNames } from './line-names.service.js';
import { Lines } from './lines.service.js';
import { PersonalAccounts } from './personal-accounts.service.js';

@Module({
  imports: [AuditModule, AuthModule, LedgerModule],
  providers: [LineNames, Lines, PersonalAccounts],
  exports: [LineNames, Lines, PersonalAccounts],
})
export class LinesModule {}
