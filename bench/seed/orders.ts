import type { Client } from 'pg';
import { hashPassword } from '../../src/auth/passwords/password.hasher.js';
import { ID_SQL, KIND } from './names.js';

/** Who looks at the lists. */
export const CLERK = { email: 'clerk@bench.example', password: 'bench bench bench bench' };

const STAFF = 5;
const id = (place: string): string => ID_SQL(KIND.order, place);
const FIRST_NUMBER = 10_001;

/** The number and the phone of the order at this place, from 0. */
export function orderNumber(place: number): string {
  return String(FIRST_NUMBER + place);
}

export function orderPhone(place: number): string {
  return `+79${String((place * 7919) % 1_000_000_000).padStart(9, '0')}`;
}

/**
 * So many applications of two years: a tenth of them open, in every state, some overdue, some nobody's; the others active,
 * cancelled and refused. Set by set and without triggers: cards and lines that they name are not there, for no list reads them.
 */
export async function seedOrders(client: Client, orders: number): Promise<void> {
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; set timezone = 'UTC'`);
  await client.query(
    `insert into staff (id, email, name, role, password_hash)
     select ${id('i')}, case i when 0 then $1 else 'clerk' || i || '@bench.example' end, 'Сотрудник ' || i, 'manager', $2
     from generate_series(0, ${STAFF - 1}) i`,
    [CLERK.email, await hashPassword(CLERK.password)],
  );
  for (const statement of statements(orders)) await client.query(statement);
  await client.query('reset synchronous_commit');
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
}

function statements(orders: number): string[] {
  // The same for both sizes, and no two of them go together.
  const draw = (salt: number, of: number): string => `((hashint4(i # ${salt})::bigint + 2147483648) % ${of})`;
  const open = `array['new', 'called', 'agreed', 'prepared', 'in_delivery', 'at_office', 'handed_over', 'held']`;
  const closed = `array['active', 'active', 'active', 'cancelled', 'cancelled', 'refused']`;
  return [
    `insert into office (id, name, address, created_at) values (${id('0')}, 'Офис', 'Псков, ул. Труда, 1', now())`,
    `insert into tariff (id, operator_id, slug, state, created_at)
       select ${id('position')}, id, 'bench-' || code, 'published', now() from operator`,
    `insert into tariff_version (id, tariff_id, number, state, name, audience, price_kopecks, period, minutes_kind, traffic_kind,
         sms_kind, created_at, published_at, valid_from)
       select ${id('position')}, ${id('position')}, 1, 'published', 'Тариф ' || name, 'phone', 55000,
         'month', 'unlimited', 'unlimited', 'unknown', now(), now(), now() from operator`,
    `insert into sim_order (id, number, source, language, name, phone, way, address, office_id, tariff_version_id, operator_id,
         sim_kind, consent_version, consent_at, created_at, state, held_from, refusal, sim_id, customer_id, line_id, assignee_id,
         next_call_at, closed_at)
       overriding system value
       select ${id('i')}, ${FIRST_NUMBER} + i, 'site', 'ru', 'Клиент ' || i,
         '+79' || lpad((i::bigint * 7919 % 1000000000)::text, 9, '0'), way, case way when 'delivery' then 'Псков, ул. Труда, 1' end,
         case way when 'pickup' then ${id('0')} end, ${id('o.position')}, o.id, 'physical', '2025-01-01',
         made, made, state, case state when 'held' then 'called' end, case state when 'refused' then 'debt' end,
         case when state in ('prepared', 'in_delivery', 'at_office', 'handed_over', 'active') then ${id('i')} end,
         case when state in ('handed_over', 'active') then ${id('i')} end,
         case when state in ('handed_over', 'active') then ${id('i')} end,
         case when ${draw(4, 10)} < 7 then ${id(draw(5, STAFF))} end,
         case when is_open and ${draw(6, 10)} < 7 then now() + (${draw(7, 8640)} - 4320) * interval '1 min' end,
         case when not is_open then made + interval '3 days' end
       from (select i, is_open, now() - ${draw(1, 1_051_200)} * interval '1 min' - interval '4 days' as made,
               case when is_open then (${open})[1 + ${draw(2, 8)}] else (${closed})[1 + ${draw(2, 6)}] end as state,
               case when ${draw(3, 3)} = 0 then 'pickup' else 'delivery' end as way,
               1 + ${draw(8, 5)} as operator
             from (select i, ${draw(9, 10)} = 0 as is_open from generate_series(0, ${orders - 1}) as i) every) s
       join (select id, position, row_number() over (order by position) as nth from operator) o on o.nth = s.operator`,
  ];
}
