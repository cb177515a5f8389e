import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { AbsorbedLines } from './absorbed-lines.service.js';
import { TariffsModule } from '../tariffs/tariffs.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { LineRequests } from './actions/line-requests.service.js';
import { NumberPorts } from './actions/number-ports.service.js';
import { Suspensions } from './actions/suspensions.service.js';
import { TariffChanges } from './actions/tariff-changes.service.js';
import { LineNames } from './line-names.service.js';
import { LineData } from './own-data/line-data.service.js';
import { Lines } from './lines.service.js';
import { RequestQueries } from './requests/request.queries.js';
import { PersonalAccounts } from './personal-accounts.service.js';

const actions = [LineRequests, NumberPorts, Suspensions, TariffChanges];

@Module({
  imports: [AuditModule, AuthModule, CustomersModule, LedgerModule, PersonalDataModule, TariffsModule, TasksModule],
  providers: [AbsorbedLines, LineData, LineNames, Lines, PersonalAccounts, RequestQueries, ...actions],
  exports: [LineNames, Lines, PersonalAccounts, RequestQueries, ...actions],
})
export class LinesModule {}
