import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { SimKind } from '../../sims/stock/sim-state.js';
import { Catalogue } from '../../tariffs/catalogue/catalogue.service.js';
import { TariffNotFound } from '../../tariffs/tariffs.errors.js';
import type { OrderSource, Way } from '../order.js';
import { OrderNotices } from '../order-notices.service.js';
import { TariffClosed } from '../orders.errors.js';
import { OrderLimits } from './order-limits.service.js';
import { OrderRegister } from './order-register.service.js';

/** Somebody who wants a tariff, and agreed to the text in force. */
export interface Application {
  tariffSlug: string;
  name: string;
  company: string | null;
  /** E.164. */
  phone: string;
  email: string | null;
  foreignCitizen: boolean;
  way: Way;
  /** For delivery. */
  address: string | null;
  /** For pickup. */
  officeId: string | null;
  simKind: SimKind;
  wantedNumber: string | null;
  comment: string | null;
  language: Language;
}

/** Where an application came from. */
export interface Applicant {
  source: OrderSource;
  /** Of the cabinet. */
  customerId: string | null;
  /** A digest of the browser they asked with. */
  browser: Buffer | null;
  actor: Actor;
}

/** Takes applications for a tariff (T2). */
@Injectable()
export class OrderApplications {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly limits: OrderLimits,
    private readonly register: OrderRegister,
    private readonly notices: OrderNotices,
  ) {}

  /**
   * Returns the token of the link to follow it by. Throws TariffNotFound, TariffClosed, LimitExceeded, and InvalidInput for
   * an office that is closed and for delivery to a foreign citizen, who must come with their papers (law, telecom C5).
   */
  async apply(application: Application, applicant: Applicant, ip: string): Promise<string> {
    const tariff = await this.catalogue.findBySlug(application.tariffSlug);
    if (!tariff) throw new TariffNotFound();
    if (!tariff.open) throw new TariffClosed();
    if (application.foreignCitizen && application.way === 'delivery') {
      throw new InvalidInput([{ path: 'way', code: 'order_foreign_pickup' }]);
    }
    await this.limits.admit({ phone: application.phone, ip });
    const token = await this.database.transaction((sql) =>
      this.register.write(sql, application, applicant, tariff.versionId),
    );
    this.notices.ring();
    return token;
  }
}
