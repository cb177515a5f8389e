import { type Language, text } from '../infra/i18n/texts.js';
import type { WorldAnswer } from './world.js';

export interface DemoPage {
  clock: Date;
  steps: { advance: string; name: string }[];
  world: {
    customers: WorldAnswer['customers'];
    staff: (WorldAnswer['staff'][number] & { roleName: string })[];
  } | null;
  till: { station: string; key: string; cashier: string | null; pin: string | null; curl: string } | null;
}

interface Shown {
  world: WorldAnswer | null;
  now: Date;
  host: string;
  language: Language;
}

const STEPS = ['P1D', 'P30D', 'P1Y'];
const CUSTOMERS_SHOWN = 3;

export function demoPage({ world, now, host, language }: Shown): DemoPage {
  return {
    clock: now,
    steps: STEPS.map((advance) => ({ advance, name: text(language, `demo:step.${advance}`) })),
    world: world && {
      customers: world.customers.slice(0, CUSTOMERS_SHOWN),
      staff: world.staff.map((member) => ({ ...member, roleName: text(language, `demo:roles.${member.role}`) })),
    },
    till: world && tillOf(world, now, host),
  };
}

function tillOf({ terminals, cards, cashiers }: WorldAnswer, now: Date, host: string): DemoPage['till'] {
  const [terminal] = terminals;
  const card = cards.sold[0] ?? cards.active[0];
  if (!terminal || !card) return null;
  const body = {
    card,
    receipt: { number: '1', at: now.toISOString() },
    lines: [{ category: 'fuel', sum: '1250.00' }],
  };
  const curl = [
    `curl http://${host}/api/pos/v1/purchases`,
    `  -H 'Authorization: Bearer ${terminal.key}'`,
    `  -H 'Idempotency-Key: first-try'`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${JSON.stringify(body)}'`,
  ].join(' \\\n');
  const cashier = cashiers.find(({ station }) => station === terminal.station);
  const { station, key } = terminal;
  return { station, key, cashier: cashier?.name ?? null, pin: cashier?.pin ?? null, curl };
}
