import type { Language } from '../../infra/i18n/texts.js';
import type { Actor } from '../../shared/actor.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { SimKind } from '../../sims/stock/sim-state.js';
import type { ConsentMeans, OrderSource, Way } from '../order.js';

/** Which card somebody wants, and how it comes to them. */
export interface Wish {
  foreignCitizen: boolean;
  way: Way;
  /** For delivery. */
  address: string | null;
  /** For pickup. */
  officeId: string | null;
  simKind: SimKind;
  wantedNumber: string | null;
}

/** Somebody who wants a tariff, and agreed to the text in force. */
export interface Application extends Wish {
  tariffSlug: string;
  name: string;
  company: string | null;
  /** E.164. */
  phone: string;
  email: string | null;
  /** Who will use the number, where that is not the customer. */
  usedBy: string | null;
  comment: string | null;
  language: Language;
}

/** Where an application came from. */
export interface Applicant {
  source: OrderSource;
  /** Of the cabinet. */
  customerId: string | null;
  /** A digest of the browser they asked with. */
  browser: Buffer | null;
  /** `givenAt` of one that was given earlier; null is now. */
  consent: { means: ConsentMeans; givenAt: string | null };
  actor: Actor;
}

/** By a box on the form that was just sent. */
export const CONSENT_BY_FORM = { means: 'form', givenAt: null } as const;

/** A foreign citizen must come to an office with their papers (law, telecom C5). Throws InvalidInput. */
export function expectReachable({ foreignCitizen, way }: Pick<Wish, 'foreignCitizen' | 'way'>): void {
  if (foreignCitizen && way === 'delivery') throw new InvalidInput([{ path: 'way', code: 'order_foreign_pickup' }]);
}
