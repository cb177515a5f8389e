import { text, type Language } from '../infra/i18n/texts.js';
import { ruleText } from '../infra/i18n/rule-text.js';
import { parseDecimal } from '../shared/decimal.js';
import { categoryIcon, figuresOf, type Operation, operationIcon } from './operation.js';
import { lineTitle, operationTitle, quantityText } from './operation-words.js';
import type { DrawRow, LineRow, MovementRow, PurchaseRow, RefundRow } from './queries/operation.queries.js';
import type { OperationLine } from './queries/operations.queries.js';
import { MERGED_ACCOUNT } from './queries/customer-accounts.js';

/** Points in hundredths, money in kopecks. */
export interface OperationPage {
  icon: string;
  title: string;
  at: Date;
  amountHundredths: bigint;
  /** It neither added to the balance nor took from it. */
  plain: boolean;
  /** Then why. */
  plainNote?: string;
  /** Earned with the same receipt that points were spent on. */
  secondHundredths: bigint | null;
  note: string;
  receipt: Receipt | null;
  earned: Earned | null;
  drawn: Drawn | null;
  refund: RefundPart | null;
  /** Of a purchase. */
  refunds: { path: string; at: Date; sumKopecks: bigint }[];
}

/** What a refund gave back, where, and of which purchase. */
interface RefundPart {
  purchasePath: string;
  station: string;
  place: string;
  zone: string;
  cardNumber: string;
  sumKopecks: bigint;
  returnedHundredths: bigint;
  takenBackHundredths: bigint;
}

interface Receipt {
  station: string;
  place: string;
  zone: string;
  number: string;
  cardNumber: string;
  lines: ReceiptLine[];
  totalKopecks: bigint;
  redeemedHundredths: bigint;
  toPayKopecks: bigint;
}

interface ReceiptLine {
  icon: string;
  title: string;
  quantity: string | null;
  priceKopecks: bigint | null;
  sumKopecks: bigint;
  discountKopecks: bigint;
  earnedHundredths: bigint;
}

interface Earned {
  earnedHundredths: bigint;
  rules: { title: string; pointsHundredths: bigint }[];
  leftHundredths: bigint;
  burnsAt: Date | null;
}

interface Drawn {
  title: string;
  /** A text of when they burn, or would have. */
  burnText: string | null;
  days: DrawnDay[];
}

interface DrawnDay {
  earnedAt: Date;
  burnsAt: Date;
  pointsHundredths: bigint;
}

interface PurchaseFacts {
  purchase: PurchaseRow;
  lines: readonly LineRow[];
  draws: readonly DrawRow[];
  left: { left: string; expires_at: string | null };
  refunds: readonly Pick<RefundRow, 'id' | 'occurred_at' | 'sum_kopecks'>[];
}

const NOTHING_MORE = { receipt: null, earned: null, drawn: null, refund: null, refunds: [] };

export function purchasePage(
  { purchase, lines, draws, left, refunds }: PurchaseFacts,
  language: Language,
): OperationPage {
  const operation = asOperation(purchase, lines);
  const { plusHundredths: earned, minusHundredths: spent } = operation;
  const held = purchase.state === 'held';
  return {
    ...NOTHING_MORE,
    ...headOf(operation, language),
    ...figuresOf(operation),
    plain: false,
    note: held ? text(language, 'cabinet:operation.heldNote') : '',
    receipt: receiptOf(purchase, lines, language),
    earned: earned > 0n ? earnedOf(earned, lines, left, language) : null,
    drawn: spent > 0n && !held ? drawnOf('spentPoints', 'wouldBurn', draws, language) : null,
    refunds: refunds.map(({ id, occurred_at, sum_kopecks }) => ({
      ...{ path: `/cabinet/points/${id}`, at: new Date(occurred_at), sumKopecks: BigInt(sum_kopecks) },
    })),
  };
}

export function refundPage(refund: RefundRow, language: Language): OperationPage {
  const operation = asRefund(refund);
  return {
    ...NOTHING_MORE,
    ...headOf(operation, language),
    ...figuresOf(operation),
    plain: false,
    note: text(language, 'cabinet:operation.refundNote'),
    refund: {
      ...{ purchasePath: `/cabinet/points/${refund.purchase_id}`, cardNumber: refund.card_number },
      ...{ station: refund.station, place: `${refund.city}, ${refund.address}`, zone: refund.time_zone },
      sumKopecks: operation.totalKopecks,
      ...{ returnedHundredths: operation.plusHundredths, takenBackHundredths: operation.minusHundredths },
    },
  };
}

export function burningPage(movement: MovementRow, draws: readonly DrawRow[], language: Language): OperationPage {
  return {
    ...NOTHING_MORE,
    ...headOf(asMovement(movement), language),
    ...{ amountHundredths: -BigInt(movement.amount), plain: false, secondHundredths: null },
    note: text(language, 'cabinet:operation.burningNote'),
    drawn: drawnOf('burntPoints', null, draws, language),
  };
}

export function movePage(movement: MovementRow, draws: readonly DrawRow[], language: Language): OperationPage {
  const operation = asMovement(movement);
  const debt = movement.kind === 'debt';
  const merged = movement.card_number === MERGED_ACCOUNT ? 'merges:operation.text' : 'cabinet:operation.moveNote';
  return {
    ...NOTHING_MORE,
    ...headOf(operation, language),
    ...figuresOf(operation),
    plain: true,
    plainNote: text(language, debt ? 'merges:operation.debtPlain' : 'cabinet:operation.moved'),
    note: text(language, debt ? 'merges:operation.debtText' : merged),
    // What the survivor had paid the debt first.
    drawn:
      draws.length > 0
        ? drawnOf(debt ? 'debtPoints' : 'movedPoints', debt ? 'wouldBurn' : 'burn', draws, language)
        : null,
  };
}

function headOf(operation: Operation, language: Language): Pick<OperationPage, 'icon' | 'title' | 'at'> {
  return { icon: operationIcon(operation), title: operationTitle(operation, language), at: operation.at };
}

function receiptOf(purchase: PurchaseRow, lines: readonly LineRow[], language: Language): Receipt {
  const [totalKopecks, redeemedHundredths] = [BigInt(purchase.total_kopecks), BigInt(purchase.redeemed_hundredths)];
  return {
    ...{ station: purchase.station, place: `${purchase.city}, ${purchase.address}`, zone: purchase.time_zone },
    ...{ number: purchase.receipt_number, cardNumber: purchase.card_number },
    ...{ totalKopecks, redeemedHundredths, toPayKopecks: totalKopecks - redeemedHundredths },
    lines: lines.map((line) => receiptLine(line, language)),
  };
}

function receiptLine(line: LineRow, language: Language): ReceiptLine {
  const quantity =
    line.quantity_thousandths === null ? null : quantityText(Number(line.quantity_thousandths), language);
  return {
    icon: categoryIcon(line.category),
    title: lineTitle({ name: line.name, category: line.category, quantity: null }, language),
    quantity,
    priceKopecks: line.price_kopecks === null ? null : BigInt(line.price_kopecks),
    sumKopecks: BigInt(line.sum_kopecks),
    discountKopecks: BigInt(line.discount_kopecks),
    earnedHundredths: BigInt(line.earned_hundredths),
  };
}

/** Each rule's points over all lines: what the rule gave to the receipt. */
function earnedOf(
  earnedHundredths: bigint,
  lines: readonly LineRow[],
  { left, expires_at }: PurchaseFacts['left'],
  language: Language,
): Earned {
  const rules = new Map<string, { title: string; pointsHundredths: bigint }>();
  for (const kept of lines.flatMap((line) => line.rules)) {
    const { code, points } = kept;
    const rule = rules.get(code) ?? { title: ruleText(kept, language), pointsHundredths: 0n };
    rules.set(code, { ...rule, pointsHundredths: rule.pointsHundredths + (parseDecimal(points, 2) ?? 0n) });
  }
  return {
    earnedHundredths,
    rules: [...rules.values()].filter(({ pointsHundredths }) => pointsHundredths > 0n),
    leftHundredths: BigInt(left),
    burnsAt: expires_at === null ? null : new Date(expires_at),
  };
}

function drawnOf(title: string, burn: string | null, draws: readonly DrawRow[], language: Language): Drawn {
  const burnText = burn && `cabinet:operation.${burn}`;
  return { title: text(language, `cabinet:operation.${title}`), burnText, days: drawnDays(draws) };
}

/** Lots that were earned and burn on the same day are one to their owner. */
function drawnDays(draws: readonly DrawRow[]): DrawnDay[] {
  const days = new Map<string, DrawnDay>();
  for (const { earned_at, expires_at, amount } of draws) {
    const sum = days.get(expires_at)?.pointsHundredths ?? 0n;
    const earnedAt = days.get(expires_at)?.earnedAt ?? new Date(earned_at);
    days.set(expires_at, { earnedAt, burnsAt: new Date(expires_at), pointsHundredths: sum + BigInt(amount) });
  }
  return [...days.values()];
}

function asOperation(purchase: PurchaseRow, lines: readonly LineRow[]): Operation {
  const held = purchase.state === 'held';
  const dearest = [...lines].sort((a, b) => Number(BigInt(b.sum_kopecks) - BigInt(a.sum_kopecks))).slice(0, 3);
  return {
    ...{
      id: purchase.id,
      kind: held ? 'held' : 'purchase',
      at: new Date(purchase.occurred_at),
      station: purchase.station,
    },
    ...{
      plusHundredths: held ? 0n : BigInt(purchase.earned_hundredths),
      minusHundredths: BigInt(purchase.redeemed_hundredths),
    },
    ...{ totalKopecks: BigInt(purchase.total_kopecks), cardNumber: purchase.card_number, lineCount: lines.length },
    lines: dearest.map((line) => asOperationLine(line, lines.length)),
  };
}

function asRefund(refund: RefundRow): Operation {
  return {
    ...{ id: refund.id, kind: 'refund', at: new Date(refund.occurred_at), station: refund.station },
    ...{ plusHundredths: BigInt(refund.returned_hundredths), minusHundredths: BigInt(refund.taken_back_hundredths) },
    ...{ totalKopecks: BigInt(refund.sum_kopecks), cardNumber: refund.card_number, lines: [], lineCount: 0 },
  };
}

function asOperationLine({ name, category, quantity_thousandths }: LineRow, count: number): OperationLine {
  return { name, category, count, quantity: quantity_thousandths === null ? null : Number(quantity_thousandths) };
}

function asMovement({ id, kind, occurred_at, amount, card_number }: MovementRow): Operation {
  const moved = kind === 'move';
  return {
    ...{ id, kind, at: new Date(occurred_at), station: null, cardNumber: card_number },
    ...{ plusHundredths: moved ? BigInt(amount) : 0n, minusHundredths: moved ? 0n : BigInt(amount) },
    ...{ totalKopecks: 0n, lines: [], lineCount: 0 },
  };
}
