import { type Language, text } from '../infra/i18n/texts.js';

const SEGMENT = { ucs2: 70, ucs2Split: 67, gsm: 160, gsmSplit: 153 };
const GSM_CHARACTERS = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/u;

/** How many messages the gateway bills: Cyrillic needs UCS-2, 70 UTF-16 units alone or 67 in each part. */
export function smsSegments(message: string): number {
  const [alone, split] = GSM_CHARACTERS.test(message)
    ? [SEGMENT.gsm, SEGMENT.gsmSplit]
    : [SEGMENT.ucs2, SEGMENT.ucs2Split];
  return message.length <= alone ? 1 : Math.ceil(message.length / split);
}

/**
 * The SMS with a one-time code. Its last line lets the browser on that phone fill the code in by itself (WebOTP);
 * where a long host would start a second paid segment, the line is left out.
 */
export function codeSms(language: Language, code: string, host: string): string {
  const message = text(language, 'sms:code', { code });
  const bound = `${message}\n\n@${host} #${code}`;
  return smsSegments(bound) === 1 ? bound : message;
}
