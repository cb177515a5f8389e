import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { type Language, text } from '../../infra/i18n/texts.js';
import { type KnownCustomer, KnownCustomers } from '../../orders/application/known-customers.service.js';
import { OpenTariffs } from '../../orders/application/open-tariffs.service.js';
import { OrderOffers } from '../../orders/application/order-offers.service.js';
import { mayBeEdited, mayChangeTariff, mayChangeWay } from '../../orders/order.js';
import { ORDER_TEXT_VERSION } from '../../orders/order-consent.js';
import { OrderNotFound, OrderStateForbids } from '../../orders/orders.errors.js';
import { newId } from '../../shared/ids.js';
import { formatPhone, phoneOrNull } from '../../shared/phone.js';
import { TOLD_BY } from './order-entry.form.js';
import { maskedPhone } from '../masked-phone.js';
import type { Reader } from './order-pages.service.js';
import { OrderQueries, type OrderRow } from './order.queries.js';

type Said = Record<string, unknown>;

/** The forms in which clerks enter an application and put one right. */
@Injectable()
export class OrderEntryPages {
  constructor(
    private readonly queries: OrderQueries,
    private readonly known: KnownCustomers,
    private readonly offers: OrderOffers,
    private readonly tariffs: OpenTariffs,
  ) {}

  /** `?phone=` and `?tariff=` begin the form; `body` is what was typed where it is shown again. */
  async entry(query: Said, body: Said, language: Language): Promise<object> {
    const phone = body['phone'] ?? query['phone'];
    const tariff = typeof query['tariff'] === 'string' ? query['tariff'] : null;
    const [customer, choices, tariffs] = await Promise.all([
      this.ofPhone(phone),
      this.offers.choices(language),
      this.tariffs.options(language, [], tariff),
    ]);
    const { formId } = body;
    return {
      ...{ customer, tariffs, tariff, ...choices, consentVersion: ORDER_TEXT_VERSION },
      ...{ typedPhone: typeof phone === 'string' ? phone : null, unknown: !customer && phoneOrNull(phone) !== null },
      formId: typeof formId === 'string' && isUUID(formId) ? formId : newId(),
      toldBy: TOLD_BY.map((value) => ({ value, name: text(language, `customer-orders:desk.toldBy.${value}`) })),
    };
  }

  /** Null for a phone that nobody has, and for what is none. */
  async ofPhone(typed: unknown): Promise<KnownCustomer | null> {
    const phone = phoneOrNull(typed);
    return phone === null ? null : this.known.ofPhone(phone);
  }

  /**
   * The whole phone is shown to whoever has the order: others take it first. What a colleague changed while the form was open
   * stands beside it. Throws OrderNotFound, and OrderStateForbids for one that is handed over or closed.
   */
  async edit(id: string, body: Said, reader: Reader): Promise<object> {
    const row = await this.queries.find(id);
    if (!row) throw new OrderNotFound();
    const again = 'revision' in body;
    if (!mayBeEdited(row) && !again) throw new OrderStateForbids();
    const mine = row.assignee_id === reader.id;
    const [choices, tariffs] = await Promise.all([
      this.offers.choices(reader.language),
      this.tariffs.options(reader.language, [], row.tariff_slug),
    ]);
    const kept = { value: row.tariff_slug, name: `${row.operator} · ${row.tariff}` };
    return {
      ...{ ...choices, shown: mine || again, tariffs: [kept, ...tariffs.filter(({ value }) => value !== kept.value)] },
      // A box that somebody cleared is not sent.
      order: { ...row, phone: mine ? formatPhone(row.phone) : null, foreign_citizen: !again && row.foreign_citizen },
      ...{ mayChangeTariff: mayChangeTariff(row), mayChangeWay: mayChangeWay(row) },
      differences: again && String(body['revision']) !== String(row.revision) ? differences(row, body, mine) : [],
    };
  }
}

/** What stands in the order now where the form says something else. */
function differences(row: OrderRow, typed: Said, mine: boolean): { field: string; now: string | null }[] {
  const pairs: [string, string | null, unknown][] = [
    ...([
      ['name', row.name, typed['name']],
      ['company', row.company, typed['company']],
      ['email', row.email, typed['email']],
      ['address', row.address, row.way === typed['way'] ? typed['address'] : null],
      ['wanted_number', row.wanted_number, typed['wantedNumber']],
    ] as [string, string | null, unknown][]),
    ['phone', row.phone, phoneOrNull(typed['phone'])],
  ];
  const changed = pairs.filter(([, now, said]) => (now ?? '') !== (typeof said === 'string' ? said.trim() : ''));
  const shown = changed.map(([field, now]) => ({
    field,
    now: field === 'phone' ? (mine ? formatPhone(row.phone) : maskedPhone(row.phone)) : now,
  }));
  if (typed['tariff'] !== row.tariff_slug) {
    shown.push({ field: 'tariff_version_id', now: `${row.operator} · ${row.tariff}` });
  }
  return shown;
}
