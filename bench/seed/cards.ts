import type { Client } from 'pg';
import { ID_SQL, KIND, TERMINALS, terminalKey } from './names.js';

const BATCH = 100_000;
const id = ID_SQL;

/**
 * So many sold cards, each with one purchase of the month before and its points, so that indexes are as deep as they
 * would be. Set by set and without triggers; the proof of the books at the end of the benchmark covers these rows too.
 */
export async function seedCards(client: Client, cards: number): Promise<void> {
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; set timezone = 'UTC'`);
  for (const statement of statements(cards)) await client.query(statement);
  for (let till = 0; till < TERMINALS; till++) {
    await client.query(
      `insert into api_key (id, kind, terminal_id, key_hash, hint)
       values (${id(KIND.key, String(till))}, 'terminal', ${id(KIND.terminal, String(till))}, sha256($1::bytea), 'test')`,
      [terminalKey(till)],
    );
  }
  await client.query('reset synchronous_commit');
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
}

function statements(cards: number): string[] {
  const place = `generate_series(0, ${cards - 1}) as i`;
  const twelve = `'2990' || lpad(i::text, 8, '0')`;
  const digit = (at: number): string => `substr(${twelve}, ${at}, 1)::int * ${at % 2 === 1 ? 1 : 3}`;
  const digits = Array.from({ length: 12 }, (_, index) => digit(index + 1)).join(' + ');
  const number = `${twelve} || ((10 - (${digits}) % 10) % 10)::text`;
  const bought = `now() - interval '30 days'`;
  const burns = `date_trunc('day', now()) + interval '11 months' - interval '3 hours'`;
  return [
    `insert into station (id, number, name, city, address) values (${id(KIND.station, '1')}, 1, 'АЗС № 1', 'Город', 'Улица, 1')`,
    `insert into terminal (id, station_id, name)
       select ${id(KIND.terminal, 'i')}, ${id(KIND.station, '1')}, 'Касса ' || i from generate_series(0, ${TERMINALS - 1}) as i`,
    `insert into card_batch (id, title, size)
       select ${id(KIND.batch, 'i')}, 'Тираж', ${BATCH} from generate_series(0, ${Math.floor((cards - 1) / BATCH)}) as i`,
    `insert into account (id, kind, unit, balance, may_be_negative)
       select ${id(KIND.account, 'i')}, 'points', 'point', 1000, true from ${place}`,
    `insert into card (number, kind, state, batch_id, account_id, sold_at)
       select ${number}, 'plastic', 'sold', ${id(KIND.batch, `i / ${BATCH}`)}, ${id(KIND.account, 'i')}, now() - interval '60 days'
       from ${place}`,
    `insert into purchase (id, terminal_id, station_id, card_number, account_id, receipt_number, receipt_at, occurred_at,
         state, total_kopecks, redeemed_hundredths, earned_hundredths)
       select ${id(KIND.purchase, 'i')}, ${id(KIND.terminal, `i % ${TERMINALS}`)}, ${id(KIND.station, '1')}, ${number},
         ${id(KIND.account, 'i')}, i::text, ${bought}, ${bought}, 'confirmed', 100000, 0, 1000 from ${place}`,
    `insert into purchase_line (purchase_id, index, category, sum_kopecks, discount_kopecks, earned_hundredths, rules)
       select ${id(KIND.purchase, 'i')}, 0, 'fuel', 100000, 0, 1000,
         '[{"code":"base","title":"1 % от покупки","points":"10.00"}]' from ${place}`,
    `insert into transfer (id, kind, from_account_id, to_account_id, amount, subject_id, occurred_at)
       select ${id(KIND.transfer, 'i')}, 'earn', '00000000-0000-7000-8000-000000000001', ${id(KIND.account, 'i')}, 1000,
         ${id(KIND.purchase, 'i')}, ${bought} from ${place}`,
    `insert into lot (id, account_id, transfer_id, amount, remaining, earned_at, expires_at, earned_by)
       select ${id(KIND.lot, 'i')}, ${id(KIND.account, 'i')}, ${id(KIND.transfer, 'i')}, 1000, 1000, ${bought}, ${burns},
         ${id(KIND.purchase, 'i')} from ${place}`,
    `insert into lot_day (account_id, expires_at, remaining) select ${id(KIND.account, 'i')}, ${burns}, 1000 from ${place}`,
  ];
}
