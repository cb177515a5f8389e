import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { ConsentMeans, StoredOrder } from '../order.js';
import { OrderNotices } from '../order-notices.service.js';
import { OrderOfKnownCustomer } from '../orders.errors.js';
import { type Applicant, type Application, expectReachable } from '../application/application.js';
import { KnownCustomers } from '../application/known-customers.service.js';
import { OpenTariffs } from '../application/open-tariffs.service.js';
import { OrderWriter } from '../application/order-writer.service.js';

/** What a clerk typed for somebody on the phone or at the office. */
export interface StaffEntry {
  application: Application;
  /** Of the form, made when it was shown. */
  formId: string;
  /** Whom the clerk was told the phone belongs to. */
  customerId: string | null;
  /** How the person said that they agree to the text. */
  consent: Extract<ConsentMeans, 'voice' | 'paper'>;
  clerkId: string;
}

/** Applications that staff enter (T3). */
@Injectable()
export class StaffOrders {
  constructor(
    private readonly database: Database,
    private readonly tariffs: OpenTariffs,
    private readonly known: KnownCustomers,
    private readonly writer: OrderWriter,
    private readonly notices: OrderNotices,
  ) {}

  /**
   * The order's id; it is the clerk's, and a known customer's where the phone is theirs. Pressed twice it is one. Throws
   * OrderOfKnownCustomer, and InvalidInput for a tariff that is gone, an office that is closed and for delivery to a
   * foreign citizen (law, telecom C5).
   */
  async enter({ application, formId, customerId, consent, clerkId }: StaffEntry): Promise<string> {
    const tariff = await this.tariffs.choose(application.tariffSlug);
    expectReachable(application);
    const owner = await this.known.ofPhone(application.phone);
    if ((owner?.id ?? null) !== customerId) throw new OrderOfKnownCustomer();
    const applicant: Applicant = {
      ...{ source: 'staff', customerId, browser: null, actor: { kind: 'staff', id: clerkId } },
      consent: { means: consent, givenAt: null },
    };
    const order = await this.database.transaction(async (sql): Promise<Pick<StoredOrder, 'id'>> => {
      const [before] = await this.writer.lockForm(sql, formId, customerId);
      if (before) return before;
      const form = { id: formId, place: 1 };
      const written = await this.writer.write(sql, { application, applicant, versionId: tariff.versionId, form });
      await this.notices.tell(sql, written);
      return written;
    });
    this.notices.ring();
    return order.id;
  }
}
