import type { Consent } from './consent.entity.js';
import { CONSENT_KINDS, type ConsentKind } from './consents.js';
import type { Customer } from './customer.entity.js';

type ProfileField = 'surname' | 'name' | 'patronymic' | 'birthDate' | 'sex' | 'email' | 'language';

export interface ProfilePage {
  person: Pick<Customer, ProfileField>;
  phone: string;
  passwordSet: boolean;
  /** The latest possible birth date. */
  today: string;
  consents: ConsentLine[];
  mailings: boolean;
}

interface ConsentLine {
  kind: ConsentKind;
  textVersion: string;
  givenAt: Date;
}

export function profilePage(
  { surname, name, patronymic, birthDate, sex, email, language }: Customer,
  consents: readonly Consent[],
  rest: Pick<ProfilePage, 'phone' | 'passwordSet' | 'today'>,
): ProfilePage {
  return {
    ...rest,
    person: { surname, name, patronymic, birthDate, sex, email, language },
    consents: CONSENT_KINDS.flatMap((kind) => newest(consents, kind)),
    mailings: consents.some(({ kind }) => kind === 'mailings'),
  };
}

function newest(consents: readonly Consent[], wanted: ConsentKind): ConsentLine[] {
  const given = consents.filter(({ kind }) => kind === wanted).at(-1);
  return given ? [{ kind: wanted, textVersion: given.textVersion, givenAt: given.givenAt }] : [];
}
