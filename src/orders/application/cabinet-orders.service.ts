import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Language } from '../../infra/i18n/texts.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { StoredOrder } from '../order.js';
import { OrderNotices } from '../order-notices.service.js';
import { OrderNameMissing } from '../orders.errors.js';
import { type Applicant, CONSENT_BY_FORM, expectReachable, type Wish } from './application.js';
import { OpenTariffs } from './open-tariffs.service.js';
import { OrderLimits } from './order-limits.service.js';
import { OrderProposals } from './order-proposals.service.js';
import { OrderWriter } from './order-writer.service.js';

/** The desk works with one card for an order, so several of the same are several orders. */
export const MOST_CARDS = 5;

export interface CabinetWish extends Wish {
  /** Of the form, made when it was shown. */
  formId: string;
  tariffSlug: string;
  count: number;
  usedBy: string | null;
  comment: string | null;
  /** Whether the box is ticked; it is not asked of whoever agreed to the same text before. */
  consented: boolean;
  language: Language;
}

/** «Ещё SIM-карта или eSIM» (T14): further cards for a customer whom we know. */
@Injectable()
export class CabinetOrders {
  constructor(
    private readonly database: Database,
    private readonly proposals: OrderProposals,
    private readonly tariffs: OpenTariffs,
    private readonly limits: OrderLimits,
    private readonly writer: OrderWriter,
    private readonly notices: OrderNotices,
  ) {}

  /**
   * The ids of the orders, one for each card, in one transaction; pressed twice they are the same ones. Throws
   * OrderNameMissing, LimitExceeded, and InvalidInput for a tariff that is gone, a consent that is not given, an
   * office that is closed and delivery to a foreign citizen (law, telecom C5).
   */
  async order(customerId: string, wish: CabinetWish): Promise<string[]> {
    const contact = await this.proposals.contact(customerId);
    if (contact.name === null) throw new OrderNameMissing();
    const tariff = await this.tariffs.choose(wish.tariffSlug);
    expectReachable(wish);
    const applicant = await this.applicant(customerId, wish.consented);
    if ((await this.writer.sentBy(this.database, wish.formId)).length === 0) {
      await this.limits.admitCustomer(customerId, wish.count);
    }
    const application = { ...wish, ...contact, name: contact.name, email: null };
    const orders = await this.database.transaction(async (sql) => {
      const before = await this.writer.lockForm(sql, wish.formId, customerId);
      if (before.length > 0) return before;
      const written: StoredOrder[] = [];
      for (let place = 1; place <= wish.count; place++) {
        const form = { id: wish.formId, place };
        written.push(await this.writer.write(sql, { application, applicant, versionId: tariff.versionId, form }));
      }
      await this.notices.tellOfMany(sql, written);
      return written;
    });
    this.notices.ring();
    return orders.map(({ id }) => id);
  }

  private async applicant(customerId: string, consented: boolean): Promise<Applicant> {
    const givenAt = await this.proposals.consentGivenAt(customerId);
    if (givenAt === null && !consented) throw new InvalidInput([{ path: 'orderConsent', code: 'consent_needed' }]);
    const consent = givenAt === null ? CONSENT_BY_FORM : ({ means: 'earlier', givenAt } as const);
    return { source: 'cabinet', customerId, browser: null, consent, actor: { kind: 'customer', id: customerId } };
  }
}
