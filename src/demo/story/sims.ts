import { randomBytes, randomInt } from 'node:crypto';
import type { Sql } from '../../infra/database/sql.js';
import { luhnDigit } from '../../shared/luhn.js';
import type { SimReceiving } from '../../sims/import/sim-receiving.service.js';
import type { NewSim } from '../../sims/import/sim-rows.js';
import type { Offices } from '../../sims/offices/offices.service.js';
import type { SimStock } from '../../sims/stock/sim-stock.service.js';
import type { StockKeeping } from '../../sims/stock/stock-keeping.service.js';
import type { Actor } from '../../shared/actor.js';
import type { StoryClock } from './story-clock.js';

export interface SimRooms {
  offices: Offices;
  receiving: SimReceiving;
  keeping: StockKeeping;
  stock: SimStock;
}

interface Supply {
  operator: string;
  office: 0 | 1;
  daysAgo: number;
  party: string;
  /** What comes before the last four digits of a number, +7 included. */
  numbers: string;
  /** Digits of the whole ICCID. */
  digits: 19 | 20;
  plastic: number;
  dynamic?: number;
  esim?: number;
  tariffName: string;
  region: string;
}

const DAY_MS = 86_400_000;
const PRICE_KOPECKS = 25_000n;
const OFFICES = [
  { name: 'Офис на Лиговском', address: 'Санкт-Петербург, Лиговский пр., 74' },
  { name: 'Офис в Пскове', address: 'Псков, Октябрьский пр., 26' },
] as const;
const SPB = 'Санкт-Петербург';
const SUPPLIES: readonly Supply[] = [
  {
    ...{ operator: 'megafon', office: 0, daysAgo: 40, party: 'МФ-1', numbers: '+7921305', digits: 19, plastic: 8 },
    ...{ dynamic: 2, esim: 3, tariffName: 'Минимум', region: SPB },
  },
  {
    ...{ operator: 'mts', office: 0, daysAgo: 33, party: 'МТС-1', numbers: '+7911002', digits: 20, plastic: 7 },
    ...{ tariffName: 'МТС Проще', region: SPB },
  },
  {
    ...{ operator: 'mts', office: 0, daysAgo: 36, party: 'МТС-2', numbers: '+7911003', digits: 20, plastic: 6 },
    ...{ tariffName: 'МТС Проще', region: SPB },
  },
  {
    ...{ operator: 'beeline', office: 1, daysAgo: 21, party: 'БИ-1', numbers: '+7905255', digits: 19, plastic: 6 },
    ...{ dynamic: 2, tariffName: 'Близкие люди', region: SPB },
  },
  {
    ...{ operator: 't2', office: 1, daysAgo: 12, party: 'Т2-1', numbers: '+7950011', digits: 19, plastic: 5 },
    ...{ tariffName: 'Мой разговор', region: 'Псковская область' },
  },
];
/** Cards that a colleague carries about, of each supply that has more than six. */
const CARRIED = 2;

/** Offices, deliveries and what became of a few cards; answers the ids of all of them, those with a number of their own first. */
export async function stockSims(sql: Sql, rooms: SimRooms, clock: StoryClock, now: Date): Promise<string[]> {
  const present = clock.now();
  const [keeper, courier] = await Promise.all([actorOf(sql, 'manager'), actorOf(sql, 'operator')]);
  clock.moveTo(new Date(now.getTime() - 60 * DAY_MS));
  const offices: string[] = [];
  for (const office of OFFICES) offices.push(await rooms.offices.openWithin(sql, office, keeper));
  for (const supply of SUPPLIES) {
    clock.moveTo(new Date(now.getTime() - supply.daysAgo * DAY_MS));
    const ids = await receive(sql, rooms.receiving, { supply, officeId: offices[supply.office]! }, keeper);
    clock.moveTo(new Date(now.getTime() - (supply.daysAgo - 3) * DAY_MS));
    const carried = supply.plastic > 6 ? ids.slice(0, CARRIED) : [];
    const place = { kind: 'staff', id: courier.id! } as const;
    if (carried.length > 0) await rooms.keeping.moveWithin(sql, carried, place, 'на доставку', keeper);
    if (supply.operator === 'megafon') await rooms.stock.writeOff(sql, ids.at(-1)!, 'треснул пластик', keeper);
  }
  clock.moveTo(present);
  const all = await sql.query<{ id: string }>('select id from sim_card order by number is null, id');
  return all.map(({ id }) => id);
}

async function receive(
  sql: Sql,
  receiving: SimReceiving,
  { supply, officeId }: { supply: Supply; officeId: string },
  actor: Actor,
): Promise<string[]> {
  const [operator] = await sql.query<{ id: string }>('select id from operator where code = $1', [supply.operator]);
  const { plastic, dynamic = 0, esim = 0, party } = supply;
  const [prefix = ''] = await prefixesOf(sql, supply.operator);
  const numbers = distinct(plastic + esim, () => `${supply.numbers}${String(randomInt(10_000)).padStart(4, '0')}`);
  const sims = [
    ...numbers.slice(0, esim).map((number) => newSim(supply, prefix, { number, kind: 'esim', lpa: newLpa() })),
    ...Array.from({ length: dynamic }, () => newSim(supply, prefix, { codes: newCodes() })),
    ...numbers.slice(esim).map((number) => newSim(supply, prefix, { number, codes: newCodes() })),
  ];
  const delivery = { operatorId: operator!.id, officeId, party, priceKopecks: PRICE_KOPECKS };
  await receiving.receive(sql, delivery, sims, actor);
  const rows = await sql.query<{ id: string }>(
    `select id from sim_card where party = $1 order by kind = 'esim' or number is null, id`,
    [party],
  );
  return rows.slice(0, plastic).map(({ id }) => id);
}

function newSim({ digits, tariffName, region }: Supply, prefix: string, changes: Partial<NewSim>): NewSim {
  const serial = String(randomInt(10 ** 10)).padStart(digits - 1 - prefix.length, '0');
  const body = prefix + serial;
  const iccid = body + luhnDigit(body);
  const plain = { kind: 'physical', number: null, party: null, priceKopecks: null, balanceKopecks: null } as const;
  return { iccid, body, raw: iccid, tariffName, region, codes: null, lpa: null, ...plain, ...changes };
}

function newCodes(): NewSim['codes'] {
  const digits = (count: number): string => String(randomInt(10 ** count)).padStart(count, '0');
  return { pin1: digits(4), puk1: digits(8) };
}

function newLpa(): string {
  return `LPA:1$rsp.example.com$${randomBytes(8).toString('hex').toUpperCase()}`;
}

function distinct(count: number, draw: () => string): string[] {
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(draw());
  return [...drawn];
}

async function prefixesOf(sql: Sql, code: string): Promise<string[]> {
  const [row] = await sql.query<{ iccid_prefixes: string[] }>('select iccid_prefixes from operator where code = $1', [
    code,
  ]);
  return row?.iccid_prefixes ?? [];
}

async function actorOf(sql: Sql, role: string): Promise<Actor> {
  const [member] = await sql.query<{ id: string }>('select id from staff where role = $1 limit 1', [role]);
  return { kind: 'staff', id: member!.id };
}
