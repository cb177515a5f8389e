import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { AbsorbedLines } from './absorbed-lines.service.js';
import { EsiaComposer } from './esia/esia-composer.service.js';
import { EsiaReminders } from './esia/esia-reminders.service.js';
import { EsiaStates } from './esia/esia-states.service.js';
import { TariffsModule } from '../tariffs/tariffs.module.js';
import { LineNotices } from './actions/line-notices.service.js';
import { LineRequests } from './actions/line-requests.service.js';
import { NumberPorts } from './actions/number-ports.service.js';
import { SuspensionEnds } from './actions/suspension-ends.service.js';
import { Suspensions } from './actions/suspensions.service.js';
import { TariffChanges } from './actions/tariff-changes.service.js';
import { LineNames } from './line-names.service.js';
import { LineData } from './own-data/line-data.service.js';
import { Lines } from './lines.service.js';
import { RequestQueries } from './requests/request.queries.js';
import { PersonalAccounts } from './personal-accounts.service.js';
import { CompanyLineQueries } from './users/company-lines.queries.js';
import { LineUsers } from './users/line-users.service.js';
import { UserSheets } from './users/user-sheets.service.js';

const actions = [LineRequests, NumberPorts, SuspensionEnds, Suspensions, TariffChanges];

@Module({
  imports: [
    ...[AuditModule, AuthModule, CustomersModule, LedgerModule, NotificationsModule, PersonalDataModule],
    ...[TariffsModule, TasksModule],
  ],
  providers: [
    ...[AbsorbedLines, LineData, LineNames, Lines, PersonalAccounts, LineNotices, RequestQueries, ...actions],
    ...[LineUsers, EsiaStates, EsiaReminders, EsiaComposer, CompanyLineQueries, UserSheets],
  ],
  exports: [
    ...[LineNames, Lines, PersonalAccounts, RequestQueries, ...actions],
    ...[LineUsers, EsiaStates, CompanyLineQueries, UserSheets],
  ],
})
export class LinesModule {}
