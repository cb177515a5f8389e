import { Database } from '../../src/infra/database/database.js';
import { Lines } from '../../src/lines/lines.service.js';
import { newId } from '../../src/shared/ids.js';
import type { TestApp } from '../support/app.js';

export interface Subscriber {
  customerId: string;
  /** The contact phone. */
  phone: string;
  lineId: string;
  number: string;
}

let serial = 0;

/** A published tariff of МегаФон; the id of its version. */
export async function tariffVersion(app: TestApp): Promise<string> {
  const [tariff, version] = [newId(), newId()];
  await app.database.query(
    `insert into tariff (id, operator_id, slug, state, created_at)
     select $1, id, $2, 'published', now() from operator where code = 'megafon'`,
    [tariff, `test-${tariff}`],
  );
  await app.database.query(
    `insert into tariff_version (id, tariff_id, number, state, name, audience, price_kopecks, period, minutes_kind,
       minutes, traffic_kind, sms_kind, created_at, published_at, valid_from)
     values ($1, $2, 1, 'published', 'Без переплат', 'phone', 55000, 'month', 'amount', 600, 'unlimited', 'unknown', now(), now(), now())`,
    [version, tariff],
  );
  return version;
}

/** A customer with a line, handed over to be used by themselves or by somebody else. */
export async function subscriber(
  app: TestApp,
  person: { customerId: string; phone: string },
  usedBy: string | null = null,
): Promise<Subscriber> {
  const number = `+7900${String(++serial).padStart(7, '0')}`;
  const version = await tariffVersion(app);
  const [operator] = await app.database.query<{ id: string }>(`select id from operator where code = 'megafon'`);
  const simId = newId();
  await app.database.query(
    `insert into sim_card (id, operator_id, iccid, iccid_body, iccid_raw, kind, number_kind, number, party, state, created_at)
     values ($1, $2, $3, left($3, -1), $3, 'physical', 'static', $4, 'проба', 'assigned', now())`,
    [simId, operator!.id, `89701029${String(serial * 10).padStart(11, '0')}`, number],
  );
  const lineId = await app.get(Database).transaction((sql) =>
    app.get(Lines).open(sql, {
      customerId: person.customerId,
      operatorId: operator!.id,
      tariffVersionId: version,
      number,
      simId,
      orderId: newId(),
      usedBy,
      tails: ['4821'],
      actor: { kind: 'system' },
    }),
  );
  return { ...person, lineId, number };
}
