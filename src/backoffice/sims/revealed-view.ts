import { drawQr } from '../../shared/qr-code.js';
import { groupedIccid } from '../../sims/iccid/iccid.js';
import type { Revealed } from '../../sims/secrets/sim-reveals.service.js';

/** What a SIM card hid, as the page that shows it has it. */
export function revealedView(revealed: Revealed): object {
  if (revealed.what === 'lpa') return { lpa: revealed.lpa, qr: drawQr(revealed.lpa, 'M') };
  if (revealed.what === 'iccid') return { iccid: groupedIccid(revealed.iccid), raw: revealed.raw };
  const names = ['pin1', 'puk1', 'pin2', 'puk2'] as const;
  return { codes: names.flatMap((name) => (revealed.codes[name] ? [{ name, code: revealed.codes[name] }] : [])) };
}
