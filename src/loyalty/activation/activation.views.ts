import type { Request } from 'express';
import type { AskedCode } from '../../auth/codes/one-time-codes.service.js';
import type { KnownPerson } from '../../customers/profile.service.js';
import { parseDecimal } from '../../shared/decimal.js';
import { formatPhone } from '../../shared/phone.js';
import type { ActivationPageForm } from './dto/application.form.js';
import type { Proof } from './possession.service.js';

export interface CardCodePage extends Pick<AskedCode, 'phone' | 'live'> {
  /** Where the code is sent to, and where to begin anew. */
  action: string;
  back: string;
  /** Until another code may be asked for; 0 where it may be at once. */
  resendSeconds: number;
}

export interface ActivationPage {
  sexes: { value: string; name: string }[];
  /** Who asks, where the cabinet knows them. */
  person: KnownPerson | null;
}

export interface VirtualCardPage {
  /** A customer gets their card at one press. */
  loggedIn: boolean;
}

export function activationPage(req: Request, person: KnownPerson | null): ActivationPage {
  const sexes = [
    { value: 'female', name: req.t('cards:form.female') },
    { value: 'male', name: req.t('cards:form.male') },
    { value: '', name: req.t('cards:form.unknown') },
  ];
  return { sexes, person: person && { ...person, phone: formatPhone(person.phone) } };
}

export function virtualCardPage(req: Request): VirtualCardPage {
  return { loggedIn: req.viewer?.kind === 'customer' };
}

export function cardCodePage(
  action: string,
  back: string,
  { phone, live, resendAt }: AskedCode,
  now: Date,
): CardCodePage {
  const resendSeconds = Math.max(0, Math.ceil((resendAt.getTime() - now.getTime()) / 1000));
  return { action, back, phone, live, resendSeconds };
}

/** The code on the card, or date and sum of the last receipt; half a receipt is none. */
export function readProof({ possessionCode, receiptDate, receiptSum }: ActivationPageForm): Proof {
  const paidKopecks = receiptSum ? parseDecimal(receiptSum.replace(/\s/g, '').replace(',', '.'), 2) : null;
  return {
    possessionCode: possessionCode ?? null,
    lastReceipt: receiptDate && paidKopecks !== null ? { date: receiptDate, paidKopecks } : null,
  };
}
