import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { AbsorbedLines } from './absorbed-lines.service.js';
import { EsiaComposer } from './esia/esia-composer.service.js';
import { EsiaReminders } from './esia/esia-reminders.service.js';
import { EsiaStates } from './esia/esia-states.service.js';
import { LineNames } from './line-names.service.js';
import { LineData } from './own-data/line-data.service.js';
import { Lines } from './lines.service.js';
import { PersonalAccounts } from './personal-accounts.service.js';
import { CompanyLineQueries } from './users/company-lines.queries.js';
import { LineUsers } from './users/line-users.service.js';
import { UserSheets } from './users/user-sheets.service.js';

@Module({
  imports: [AuditModule, AuthModule, CustomersModule, LedgerModule, NotificationsModule, PersonalDataModule],
  providers: [
    ...[AbsorbedLines, LineData, LineNames, Lines, PersonalAccounts],
    ...[LineUsers, EsiaStates, EsiaReminders, EsiaComposer, CompanyLineQueries, UserSheets],
  ],
  exports: [LineNames, Lines, PersonalAccounts, LineUsers, EsiaStates, CompanyLineQueries, UserSheets],
})
export class LinesModule {}
