import { MikroOrmModule } from '@mikro-orm/nestjs';
import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { PersonalDataModule } from '../infra/personal-data/personal-data.module.js';
import { Viewers } from '../infra/web/viewer.js';
import { WebModule } from '../infra/web/web.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { AbsorbedCompanies } from './companies/absorbed-companies.service.js';
import { Companies } from './companies/companies.service.js';
import { CompanyQueries } from './companies/companies.queries.js';
import { CompanyData } from './companies/own-data/company-data.service.js';
import { Consent } from './consent.entity.js';
import { ConsentRegisterController } from './consent-register/consent-register.controller.js';
import { Consents } from './consents.service.js';
import { Customer } from './customer.entity.js';
import { CustomersCabinetController } from './customers.cabinet.controller.js';
import { Customers } from './customers.service.js';
import { ConfirmEmailController } from './emails/confirm-email.controller.js';
import { EmailConfirmations } from './emails/email-confirmations.service.js';
import { EmailLimits } from './emails/email-limits.service.js';
import { PreferencesCabinetController } from './preferences/preferences.cabinet.controller.js';
import { PreferencesService } from './preferences/preferences.service.js';
import { UnsubscribeController } from './preferences/unsubscribe.controller.js';
import { UnsubscribeLinks } from './preferences/unsubscribe-links.service.js';
import { CustomerData } from './own-data/customer-data.service.js';
import { Profiles } from './profile.service.js';

const companies = [AbsorbedCompanies, Companies, CompanyData, CompanyQueries];
const notifications = {
  controllers: [ConfirmEmailController, PreferencesCabinetController, UnsubscribeController],
  providers: [EmailConfirmations, EmailLimits, PreferencesService, UnsubscribeLinks],
};

@Module({
  imports: [
    MikroOrmModule.forFeature([Consent, Customer]),
    AuditModule,
    AuthModule,
    NotificationsModule,
    PersonalDataModule,
    WebModule,
  ],
  controllers: [CustomersCabinetController, ConsentRegisterController, ...notifications.controllers],
  providers: [CustomerData, Consents, Customers, Profiles, ...companies, ...notifications.providers],
  exports: [Consents, Customers, Profiles, Companies, CompanyQueries, UnsubscribeLinks, EmailConfirmations],
})
export class CustomersModule implements OnModuleInit {
  constructor(
    private readonly viewers: Viewers,
    private readonly profiles: Profiles,
  ) {}

  onModuleInit(): void {
    this.viewers.on('customer', (id) => this.profiles.findViewer(id));
  }
}
