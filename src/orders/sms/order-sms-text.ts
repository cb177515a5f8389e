/** What a template may name in braces, as people write it. */
export const SMS_FIELDS = {
  number: 'номер заявки',
  name: 'имя',
  tariff: 'тариф',
  office: 'офис',
  link: 'ссылка',
} as const;
export type SmsField = keyof typeof SMS_FIELDS;

export interface SmsFault {
  code: 'order_sms_field' | 'order_sms_braces';
  text: string;
}

const FIELD = /\{([^{}]*)\}/g;
const LONGEST_FAULT = 40;

/** The first thing that is wrong with the words of a template; null where nothing is. */
export function faultOf(body: string): SmsFault | null {
  for (const [whole, name = ''] of body.matchAll(FIELD)) {
    if (fieldOf(name) === null) return { code: 'order_sms_field', text: whole.slice(0, LONGEST_FAULT) };
  }
  const left = /[{}].*/.exec(body.replaceAll(FIELD, ''));
  return left ? { code: 'order_sms_braces', text: left[0].slice(0, LONGEST_FAULT) } : null;
}

export function fieldsOf(body: string): Set<SmsField> {
  return new Set([...body.matchAll(FIELD)].flatMap(([, name = '']) => fieldOf(name) ?? []));
}

/** What a customer typed is a word in it, whatever stands there. */
export function filledIn(body: string, values: Readonly<Record<SmsField, string>>): string {
  return body.replaceAll(FIELD, (whole, name: string) => {
    const field = fieldOf(name);
    return field === null ? whole : values[field];
  });
}

function fieldOf(name: string): SmsField | null {
  const plain = name.trim().toLowerCase().replace(/\s+/g, ' ');
  return (Object.keys(SMS_FIELDS) as SmsField[]).find((field) => SMS_FIELDS[field] === plain) ?? null;
}
