import type { Response } from 'supertest';
import { newId } from '../../src/shared/ids.js';
import type { TestApp } from '../support/app.js';
import { type Fields, textOf, type Visitor } from '../support/visitor.js';

export const TELECOM = { LINES: 'loyalty,telecom', ORDERS_PER_IP_HOUR: '500', ORDERS_PER_PREFIX_HOUR: '500' };

let made = 0;

/** The address of a tariff of МегаФон that everybody may have. */
export async function newTariff(app: TestApp, audience = 'phone'): Promise<{ slug: string; versionId: string }> {
  const [tariff, versionId, slug] = [newId(), newId(), `no-overpaying-${++made}`];
  await app.database.query(
    `insert into tariff (id, operator_id, slug, state, created_at)
     select $1, id, $2, 'published', '2024-01-01' from operator where code = 'megafon'`,
    [tariff, slug],
  );
  await app.database.query(
    `insert into tariff_version (id, tariff_id, number, state, name, audience, price_kopecks, period, minutes_kind,
       minutes, traffic_kind, sms_kind, created_at, published_at, valid_from)
     values ($1, $2, 1, 'published', 'Без переплат', $3, 55000, 'month', 'amount', 600, 'unlimited', 'unknown',
       '2024-01-01', '2024-01-01', '2024-01-01')`,
    [versionId, tariff, audience],
  );
  return { slug, versionId };
}

/** Fills the form in as a person does, who needs a few seconds for it. */
export async function sendOrder(app: TestApp, visitor: Visitor, slug: string, fields: Fields = {}): Promise<Response> {
  const page = await visitor.open(`/tariffs/${slug}`);
  app.clock.advance({ seconds: 5 });
  const typed: Fields = { name: 'Ирина Петрова', simKind: 'physical', orderConsent: 'on', ...fields };
  const where = typed['way'] === 'pickup' ? {} : { way: 'delivery', address: 'Псков, ул. Труда, 1' };
  return visitor.submit(page, { ...where, ...typed }, /#order$/);
}

export interface Ordered {
  id: string;
  number: string;
  phone: string;
  /** `/orders/…` */
  path: string;
  visitor: Visitor;
  slug: string;
}

/** Somebody applied for a tariff. */
export async function order(app: TestApp, fields: Fields = {}, tariff?: { slug: string }): Promise<Ordered> {
  const { slug } = tariff ?? (await newTariff(app));
  const phone = fields['phone'] ?? app.world.newPhone();
  const visitor = app.visitor();
  const answer = await sendOrder(app, visitor, slug, { ...fields, phone });
  if (answer.status !== 303) throw new Error(`not ordered: ${answer.status} ${textOf(answer)}`);
  const [row] = await app.database.query<{ id: string; number: string }>(
    'select id, number from sim_order where phone = $1 order by created_at desc, id desc limit 1',
    [phone],
  );
  return { ...row!, phone, path: String(answer.headers.location), visitor, slug };
}

export async function orderRow(app: TestApp, id: string): Promise<Record<string, unknown>> {
  const [row] = await app.database.query('select * from sim_order where id = $1', [id]);
  return row!;
}
