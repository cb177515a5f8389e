/**
 * Decimal strings of the API and bigint minor units: `"1250.50"` is 125050n at two places.
 * Nothing passes through a floating point number on the way.
 */
export function parseDecimal(text: string, places: number): bigint | null {
  const match = /^(0|[1-9]\d{0,14})(?:\.(\d+))?$/.exec(text);
  const [, whole, fraction = ''] = match ?? [];
  if (whole === undefined || fraction.length > places) {
    return null;
  }
  return BigInt(whole + fraction.padEnd(places, '0'));
}

/** 125050n at two places is `"1250.50"`; minus is a plain hyphen, as machines expect. */
export function formatDecimal(units: bigint, places = 2): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
