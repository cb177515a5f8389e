import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../infra/i18n/texts.js';
import { ROOT } from '../../infra/root.js';
import { formatDecimal } from '../../shared/decimal.js';
import type { ListedCashier } from '../../stations/tills/till-cashiers.service.js';
import type { TillDevice } from '../../stations/tills/till-devices.service.js';
import type { Shift } from '../../stations/tills/till-shifts.service.js';

export interface PairingPage {
  /** Where this device is paired already. */
  paired: { station: string; terminal: string } | null;
}

export interface PinPage {
  station: string;
  terminal: string;
  cashiers: { id: string; name: string; only: boolean }[];
}

export interface TillState {
  /** Business time: receipts are dated by it. */
  now: string;
  /** The token that writes carry. */
  csrf: string;
  device: { id: string; number: number; receipts: number };
  station: string;
  terminal: string;
  timeZone: string;
  shift: string;
  cashier: string;
  cardPrice: string;
}

export function pairingPage(device: TillDevice | null): PairingPage {
  return { paired: device && { station: device.terminal.stationName, terminal: device.terminal.terminalName } };
}

export function pinPage({ terminal }: TillDevice, cashiers: readonly ListedCashier[]): PinPage {
  return {
    station: terminal.stationName,
    terminal: terminal.terminalName,
    cashiers: cashiers.map(({ id, name }) => ({ id, name, only: cashiers.length === 1 })),
  };
}

export interface StateParts {
  device: TillDevice;
  shift: Shift;
  now: Date;
  csrf: string;
  cardPriceKopecks: bigint;
}

export function tillState({ device, shift, now, csrf, cardPriceKopecks }: StateParts): TillState {
  const { id, number, receipts, terminal } = device;
  return {
    now: now.toISOString(),
    csrf,
    device: { id, number, receipts },
    station: terminal.stationName,
    terminal: terminal.terminalName,
    timeZone: terminal.timeZone,
    shift: shift.id,
    cashier: shift.cashier,
    cardPrice: formatDecimal(cardPriceKopecks),
  };
}

/** What the page's script says: `till:script`, with values in single braces, filled in by the page. */
export function scriptTexts(language: Language): string {
  return SCRIPT_TEXTS[language];
}

const SCRIPT_TEXTS = Object.fromEntries(LANGUAGES.map((language) => [language, readTexts(language)])) as Record<
  Language,
  string
>;

function readTexts(language: Language): string {
  const path = join(ROOT, 'locales', language, 'till.json');
  return JSON.stringify((JSON.parse(readFileSync(path, 'utf8')) as { script: object }).script);
}
