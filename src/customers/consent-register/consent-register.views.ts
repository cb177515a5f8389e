import type { Consent } from '../consent.entity.js';
import type { ConsentKind } from '../consents.js';

interface RegisteredConsent extends Pick<Consent, 'textVersion' | 'givenAt' | 'withdrawnAt' | 'source'> {
  kind: ConsentKind;
  /** The text it was given to. */
  href: string;
}

export interface ConsentRegister {
  inForce: RegisteredConsent[];
  withdrawn: RegisteredConsent[];
  mailings: boolean;
}

const TEXTS: Record<ConsentKind, string> = {
  personal_data: 'personal-data',
  programme_rules: 'programme-rules',
  mailings: 'mailings',
  order: 'order',
};

export function consentRegister(consents: readonly Consent[]): ConsentRegister {
  const all = consents.map(({ kind, textVersion, givenAt, withdrawnAt, source }) => ({
    ...{ kind, textVersion, givenAt, withdrawnAt, source },
    href: `/legal/${TEXTS[kind]}?version=${textVersion}`,
  }));
  const inForce = all.filter(({ withdrawnAt }) => withdrawnAt === null);
  return {
    inForce,
    withdrawn: all.filter(({ withdrawnAt }) => withdrawnAt !== null),
    mailings: inForce.some(({ kind }) => kind === 'mailings'),
  };
}
