import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { type Language, text } from '../../infra/i18n/texts.js';
import { type LastWish, OrderProposals } from '../../orders/application/order-proposals.service.js';
import { OpenTariffs, tariffLine } from '../../orders/application/open-tariffs.service.js';
import { OrderOffers } from '../../orders/application/order-offers.service.js';
import { newId } from '../../shared/ids.js';
import { Catalogue } from '../../tariffs/catalogue/catalogue.service.js';
import { DEVICES, NEEDS, readDevice } from './devices.js';
import { COUNTS, USERS } from './new-order.form.js';

export const NEW_ORDER = '/cabinet/orders/new';

export interface Asked {
  customerId: string;
  /** `?tariff=` or `?device=`. */
  query: Record<string, unknown>;
  /** What was typed, where the form is shown again. */
  body: Record<string, unknown>;
  language: Language;
}

/** The form for further cards, with what we know of the customer filled in. */
@Injectable()
export class NewOrderPages {
  constructor(
    private readonly proposals: OrderProposals,
    private readonly offers: OrderOffers,
    private readonly tariffs: OpenTariffs,
    private readonly catalogue: Catalogue,
  ) {}

  async form({ customerId, query, body, language }: Asked): Promise<object> {
    const device = readDevice(query['device']);
    const tariff = await this.chosen(query['tariff'], language);
    const { formId } = body;
    const [contact, consentGivenAt, last, choices, tariffs] = await Promise.all([
      this.proposals.contact(customerId),
      this.proposals.consentGivenAt(customerId),
      this.proposals.lastWish(customerId),
      this.offers.choices(language),
      tariff ? [] : this.tariffs.options(language, NEEDS[device].audiences),
    ]);
    return {
      ...{ contact, consentGivenAt, tariff, tariffs, device, ...choices },
      action: tariff ? `${NEW_ORDER}?tariff=${tariff.slug}` : `${NEW_ORDER}?device=${device}`,
      formId: typeof formId === 'string' && isUUID(formId) ? formId : newId(),
      devices: DEVICES.map((name) => ({
        ...{ name: text(language, `customer-orders:devices.${name}`), path: `${NEW_ORDER}?device=${name}` },
        current: name === device,
      })),
      counts: COUNTS.map((value) => ({ value, name: value })),
      users: USERS.map((value) => ({ value, name: text(language, `customer-orders:form.users.${value}`) })),
      // A box that somebody cleared is not sent: a form that is shown again begins with what was typed alone.
      proposal: 'way' in body ? {} : proposalOf(last, NEEDS[device].simKind),
    };
  }

  private async chosen(slug: unknown, language: Language): Promise<{ slug: string; line: string } | null> {
    const tariff = typeof slug === 'string' ? await this.catalogue.findBySlug(slug) : null;
    return tariff?.open ? { slug: tariff.slug, line: tariffLine(tariff, language) } : null;
  }
}

function proposalOf(last: LastWish | null, simKind: string): object {
  return { simKind, way: 'delivery', ...last };
}
