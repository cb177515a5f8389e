import { MikroOrmModule } from '@mikro-orm/nestjs';
import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { Viewers } from '../infra/web/viewer.js';
import { WebModule } from '../infra/web/web.module.js';
import { Consent } from './consent.entity.js';
import { Consents } from './consents.service.js';
import { Customer } from './customer.entity.js';
import { CustomersCabinetController } from './customers.cabinet.controller.js';
import { Customers } from './customers.service.js';
import { Profiles } from './profile.service.js';

@Module({
  imports: [MikroOrmModule.forFeature([Consent, Customer]), AuditModule, AuthModule, WebModule],
  controllers: [CustomersCabinetController],
  providers: [Consents, Customers, Profiles],
  exports: [Consents, Customers, Profiles],
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
