import type { StaffRole } from '../infra/web/viewer.js';

/** What was made for this installation, with its secrets: kept in demo_world.world. */
export interface World {
  staff: { role: StaffRole; email: string; password: string }[];
  customers: { phone: string; password: string }[];
  terminals: { station: string; key: string }[];
  /** Who serves at the web till of a station. Missing in worlds made before it. */
  cashiers?: { station: string; name: string; pin: string }[];
  /** Missing in worlds made before the hotline. */
  ivrKey?: string;
  /** Ids of SIM cards. Missing in worlds made before them, and without the telecom line. */
  sims?: string[];
  /** Every number of the story; the register knows what became of each. */
  cards: string[];
}

/** `GET /dev/world.json` (contracts, Demo world). */
export interface WorldAnswer {
  staff: (World['staff'][number] & { totpSecret: string | null })[];
  customers: (World['customers'][number] & { has: ('points' | 'lines')[] })[];
  terminals: World['terminals'];
  cashiers: NonNullable<World['cashiers']>;
  ivrKey: string | null;
  cards: { printed: string[]; sold: string[]; active: string[] };
  sims: { operator: string; iccid: string; number: string | null; state: string }[];
}
