import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { CustomersModule } from '../../customers/customers.module.js';
import { LedgerModule } from '../../ledger/ledger.module.js';
import { CustomerMerging } from './merging.service.js';

@Module({
  imports: [AuditModule, AuthModule, CustomersModule, LedgerModule],
  providers: [CustomerMerging],
  exports: [CustomerMerging],
})
export class MergingModule {}
