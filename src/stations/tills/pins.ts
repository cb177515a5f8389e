import type { Secrets } from '../../auth/secrets.service.js';

/** Without the installation's secret the digest tells nothing; the cashier's id keeps equal PINs apart. */
export function pinDigest(secrets: Secrets, cashierId: string, pin: string): Buffer {
  return secrets.digest('till pin', cashierId, pin);
}

/** `1111`, `1234`, `9876`: what a stranger at the till tries first. */
export function isWeakPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]));
  return [0, 1, -1].some((step) => steps.every((each) => each === step));
}
