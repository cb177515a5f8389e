import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { OrderNotices } from '../order-notices.service.js';
import { type Applicant, type Application, expectReachable } from './application.js';
import { OpenTariffs } from './open-tariffs.service.js';
import { OrderLimits } from './order-limits.service.js';
import { OrderRegister } from './order-register.service.js';

/** Takes applications for a tariff (T2). */
@Injectable()
export class OrderApplications {
  constructor(
    private readonly database: Database,
    private readonly tariffs: OpenTariffs,
    private readonly limits: OrderLimits,
    private readonly register: OrderRegister,
    private readonly notices: OrderNotices,
  ) {}

  /**
   * Returns the token of the link to follow it by. Throws TariffNotFound, TariffClosed, LimitExceeded, and InvalidInput for
   * an office that is closed and for delivery to a foreign citizen, who must come with their papers (law, telecom C5).
   */
  async apply(application: Application, applicant: Applicant, ip: string): Promise<string> {
    const tariff = await this.tariffs.find(application.tariffSlug);
    expectReachable(application);
    await this.limits.admit({ phone: application.phone, ip });
    const token = await this.database.transaction((sql) =>
      this.register.write(sql, application, applicant, tariff.versionId),
    );
    this.notices.ring();
    return token;
  }
}
