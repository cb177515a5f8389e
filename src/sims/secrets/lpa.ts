/**
 * The activation code of an eSIM (GSMA SGP.22, 4.1): `LPA:1$host$matchingId`, then the server's OID and whether a confirmation
 * code is asked for. Whoever has it owns the line.
 */
export interface Lpa {
  host: string;
  matchingId: string;
}

const LONGEST = 255;
const LPA = /^LPA:1\$([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)\$([A-Z0-9-]*)(?:\$((?:\d+\.)*\d+)?(?:\$1)?)?$/i;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** What the code says, or null where it is none. */
export function readLpa(text: string): Lpa | null {
  const [, host = '', matchingId = ''] = (text.length <= LONGEST && LPA.exec(text)) || [];
  const labels = host.split('.');
  const isHost = labels.length >= 2 && labels.every((label) => LABEL.test(label));
  // Without a matching id any eSIM of that server might come: it says nothing of this one.
  return isHost && matchingId !== '' ? { host: host.toLowerCase(), matchingId } : null;
}
