import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../infra/root.js';
import type { StaffRole } from '../../infra/web/viewer.js';
import { parseDecimal } from '../../shared/decimal.js';
import type { Category } from '../../stations/category.js';
import { readCsv } from './csv.js';

export interface StationSeed {
  number: number;
  name: string;
  city: string;
  address: string;
  terminals: number;
  /** How often people come here, compared with the others. */
  traffic: number;
}

export interface StaffSeed {
  role: StaffRole;
  name: string;
  email: string;
}

export interface GoodSeed {
  sku: string;
  category: Category;
  name: string;
  priceKopecks: bigint;
  /** What makes somebody buy it. */
  when: 'fuel' | 'coffee' | 'snack' | 'road' | 'tobacco';
}

/** How somebody shops. */
export interface Habits {
  /** The sku of what they fill up with; null for who never comes. */
  fuel: string | null;
  litres: number;
  everyDays: number;
  coffeesAWeek: number;
  smokes: boolean;
  redeems: 'never' | 'rarely' | 'sometimes' | 'often';
}

export interface CustomerSeed extends Habits {
  phone: string;
  surname: string;
  name: string;
  patronymic: string;
  sex: 'female' | 'male';
  birthDate: string;
  email: string | null;
  joinedDaysAgo: number;
  cards: ('plastic' | 'virtual')[];
}

export interface SoldCardSeed extends Habits {
  soldDaysAgo: number;
}

export interface Seeds {
  stations: StationSeed[];
  codes: { station: number; code: string; category: Category }[];
  staff: StaffSeed[];
  goods: GoodSeed[];
  customers: CustomerSeed[];
  soldCards: SoldCardSeed[];
}

type Row = Record<string, string>;

/** The demo world as its authors wrote it down: seeds/*.csv. */
export function readSeeds(): Seeds {
  return {
    stations: rows('stations', (row) => ({
      ...{ number: Number(row.number), name: row.name!, city: row.city!, address: row.address! },
      ...{ terminals: Number(row.terminals), traffic: Number(row.traffic) },
    })),
    codes: rows('category-codes', (row) => ({
      ...{ station: Number(row.station), code: row.code!, category: row.category as Category },
    })),
    staff: rows('staff', (row) => ({ role: row.role as StaffRole, name: row.name!, email: row.email! })),
    goods: rows('goods', (row) => ({
      ...{ sku: row.sku!, category: row.category as Category, name: row.name! },
      ...{ priceKopecks: parseDecimal(row.price!, 2)!, when: row.when as GoodSeed['when'] },
    })),
    customers: rows('customers', (row) => ({
      ...{ phone: row.phone!, surname: row.surname!, name: row.name!, patronymic: row.patronymic! },
      ...{ sex: row.sex as CustomerSeed['sex'], birthDate: row.birth_date!, email: row.email || null },
      ...{ joinedDaysAgo: Number(row.joined_days_ago), cards: row.cards!.split('+') as CustomerSeed['cards'] },
      ...habitsOf(row),
    })),
    soldCards: rows('sold-cards', (row) => ({ soldDaysAgo: Number(row.sold_days_ago), ...habitsOf(row) })),
  };
}

function habitsOf(row: Row): Habits {
  return {
    fuel: row.fuel || null,
    litres: Number(row.litres),
    everyDays: Number(row.every_days),
    coffeesAWeek: Number(row.coffees_a_week),
    smokes: row.smokes === 'yes',
    redeems: (row.redeems as Habits['redeems'] | undefined) ?? 'never',
  };
}

function rows<T>(file: string, read: (row: Row) => T): T[] {
  return readCsv(readFileSync(join(ROOT, 'seeds', `${file}.csv`), 'utf8')).map(read);
}
