import type { CardReference, PurchaseCall } from '../purchase.js';
import { DomainError } from '../../shared/domain-error.js';

/** What shows that the owner agrees: a code of their phone, or one they got by SMS. Good once. */
export interface SpendingProof {
  /** Names the code for good, so that it spends once. */
  id: string;
  customerId: string;
}

/** Spending needs a code. `proof` says what became of it, for the till to tell the customer. */
export class ProofRequired extends DomainError {
  constructor(
    readonly customerId: string | null,
    advice?: 'code_sent' | 'code_not_sent',
  ) {
    super('proof_required', 'conflict', advice === undefined ? {} : { advice });
  }
}

/**
 * The most that may be spent without a proof, in hundredths; null for any sum. Anybody knows a phone, so by phone nothing;
 * a number is as good as a photograph of the card, so as much as the programme dares.
 */
export function unprovenMost(card: CardReference, staticUpToHundredths: bigint | null): bigint | null {
  return 'phone' in card ? 0n : staticUpToHundredths;
}

/**
 * What may be spent of `redeemedHundredths`, which passed state, limit and balance before; the last of the checks
 * (contracts, Purchases). `max` is never refused, it may be less. Throws ProofRequired.
 */
export function spendableBy(
  call: Pick<PurchaseCall, 'card' | 'redeem' | 'proof'>,
  customerId: string | null,
  redeemedHundredths: bigint,
  staticUpToHundredths: bigint | null,
): bigint {
  const proven = call.proof != null && call.proof.customerId === customerId;
  const most = proven ? null : unprovenMost(call.card, staticUpToHundredths);
  if (most === null || redeemedHundredths <= most) {
    return redeemedHundredths;
  }
  if (call.redeem === 'max') {
    return most;
  }
  throw new ProofRequired(customerId);
}
