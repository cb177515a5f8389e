/** The check digit (Luhn, ISO/IEC 7812-1) of a number without one: from the right every second digit counts double, beginning with the last. */
export function luhnDigit(body: string): string {
  let sum = 0;
  for (let i = body.length - 1, double = true; i >= 0; i--, double = !double) {
    const digit = body.charCodeAt(i) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return String((10 - (sum % 10)) % 10);
}

export function passesLuhn(number: string): boolean {
  return luhnDigit(number.slice(0, -1)) === number.slice(-1);
}
