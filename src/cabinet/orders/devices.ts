import type { TariffSearch } from '../../tariffs/catalogue/tariff-search.js';
import type { SimKind } from '../../sims/stock/sim-state.js';

export const DEVICES = ['phone', 'tablet', 'modem', 'watch'] as const;
export type Device = (typeof DEVICES)[number];

interface DeviceNeeds {
  /** Tariffs that fit it. */
  audiences: TariffSearch['audiences'];
  /** What it most likely takes. */
  simKind: SimKind;
}

/** Watches have no tariffs of their own and no place for a plastic card. */
export const NEEDS: Record<Device, DeviceNeeds> = {
  phone: { audiences: ['phone', 'persons'], simKind: 'physical' },
  tablet: { audiences: ['tablet'], simKind: 'physical' },
  modem: { audiences: ['modem'], simKind: 'physical' },
  watch: { audiences: ['phone', 'tablet'], simKind: 'esim' },
};

export function readDevice(said: unknown): Device {
  return DEVICES.find((known) => known === said) ?? 'phone';
}
