import type { Language } from '../../infra/i18n/texts.js';
import { formatDecimal } from '../../shared/decimal.js';
import type { ListedCashier } from '../../stations/tills/till-cashiers.service.js';
import type { TillDevice } from '../../stations/tills/till-devices.service.js';
import type { Shift } from '../../stations/tills/till-shifts.service.js';
import { unsentTexts } from './script-texts.js';

export interface PairingPage {
  /** Where this device is paired already. */
  paired: { station: string; terminal: string } | null;
  unsentTexts: string;
}

export interface PinPage {
  station: string;
  terminal: string;
  cashiers: { id: string; name: string; only: boolean }[];
  unsentTexts: string;
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

export function pairingPage(device: TillDevice | null, language: Language): PairingPage {
  const paired = device && { station: device.terminal.stationName, terminal: device.terminal.terminalName };
  return { paired, unsentTexts: unsentTexts(language) };
}

export function pinPage({ terminal }: TillDevice, cashiers: readonly ListedCashier[], language: Language): PinPage {
  return {
    station: terminal.stationName,
    terminal: terminal.terminalName,
    cashiers: cashiers.map(({ id, name }) => ({ id, name, only: cashiers.length === 1 })),
    unsentTexts: unsentTexts(language),
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
