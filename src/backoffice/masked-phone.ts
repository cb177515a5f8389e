/** `+79211234567` as `+7 921 ··· 45-67`: enough to ask «Your number ends with…?», too little to call. */
export function maskedPhone(phone: string): string {
  // A deleted cabinet's place-holder: a number of no country.
  if (phone.startsWith('+999')) return '—';
  const russian = /^\+7(\d{3})\d{3}(\d{2})(\d{2})$/.exec(phone);
  return russian
    ? `+7\u00a0${russian[1]}\u00a0···\u00a0${russian[2]}-${russian[3]}`
    : `${phone.slice(0, 3)}\u00a0···\u00a0${phone.slice(-4)}`;
}
