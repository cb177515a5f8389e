import type { OpenSession } from '../auth/open-sessions/open-sessions.service.js';
import { LANGUAGES } from '../infra/i18n/texts.js';
import { countsFrom } from './birth-date.js';
import type { Consent } from './consent.entity.js';
import { CONSENT_KINDS, type ConsentKind } from './consents.js';
import type { Customer } from './customer.entity.js';

type ProfileField = 'surname' | 'name' | 'patronymic' | 'birthDate' | 'sex' | 'email' | 'language';

export interface ProfilePage {
  person: Pick<Customer, ProfileField>;
  phone: string;
  passwordSet: boolean;
  sessions: readonly OpenSession[];
  otherSessions: boolean;
  /** The latest possible birth date. */
  today: string;
  /** Where promotions do not count a changed birth date yet: from which day they do. */
  birthDateCountsFrom: string | null;
  consents: ConsentLine[];
  mailings: boolean;
  emailConfirmed: boolean;
  sexes: Choice[];
  languages: Choice[];
}

interface Choice {
  value: string;
  name: string;
}

interface ConsentLine {
  /** A text's key. */
  name: string;
  textVersion: string;
  givenAt: Date;
}

export function profilePage(
  customer: Customer,
  consents: readonly Consent[],
  { t, ...rest }: Pick<ProfilePage, 'phone' | 'passwordSet' | 'sessions' | 'today'> & { t: (key: string) => string },
): ProfilePage {
  const { surname, name, patronymic, birthDate, birthDateChangedOn, sex, email, emailConfirmedAt, language } = customer;
  const counted = birthDateChangedOn === null ? null : countsFrom(birthDateChangedOn);
  const choice = (group: string, value: string, key = value): Choice => ({
    value,
    name: t(`auth:profile.${group}.${key}`),
  });
  return {
    ...rest,
    otherSessions: rest.sessions.some(({ current }) => !current),
    sexes: [choice('sexes', 'female'), choice('sexes', 'male'), choice('sexes', '', 'unknown')],
    languages: LANGUAGES.map((code) => choice('languages', code)),
    birthDateCountsFrom: birthDate !== null && counted !== null && counted > rest.today ? counted : null,
    person: { surname, name, patronymic, birthDate, sex, email, language },
    consents: CONSENT_KINDS.flatMap((kind) => newest(consents, kind)),
    emailConfirmed: emailConfirmedAt !== null,
    mailings: consents.some(({ kind }) => kind === 'mailings'),
  };
}

function newest(consents: readonly Consent[], wanted: ConsentKind): ConsentLine[] {
  const given = consents.filter(({ kind }) => kind === wanted).at(-1);
  if (!given) return [];
  return [{ name: `auth:profile.consentNames.${wanted}`, textVersion: given.textVersion, givenAt: given.givenAt }];
}
