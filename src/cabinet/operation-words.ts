import { formatMoney } from '../infra/i18n/format.js';
import { pointsText } from '../infra/i18n/points-text.js';
import { text, type Language } from '../infra/i18n/texts.js';
import { groupCardNumber } from '../shared/ean13.js';
import type { Operation } from './operation.js';
import { MERGED_ACCOUNT } from './queries/customer-accounts.js';
import type { OperationLine } from './queries/operations.queries.js';

const LONGEST_NAME = 60;
const ONE = 1000;

/** `АИ-95, 39,47 л`, `Кофе и круассан`, `АИ-95, 23,42 л и ещё 2 товара`, `Сгорели баллы`. */
export function operationTitle({ kind, cardNumber, lines, lineCount }: Operation, language: Language): string {
  if (kind === 'burning') return text(language, 'cabinet:operations.burning');
  if (kind === 'refund') return text(language, 'cabinet:operations.refund');
  if (kind === 'debt') return text(language, 'merges:operation.debtTitle');
  if (kind === 'move') {
    if (cardNumber === MERGED_ACCOUNT) return text(language, 'merges:operation.title');
    return text(language, 'cabinet:operations.move', {
      number: cardNumber && groupCardNumber(cardNumber).replaceAll(' ', '\u00a0'),
    });
  }
  const [first, second] = lines.map((line) => lineTitle(line, language));
  if (!first) return text(language, 'cabinet:operations.purchase');
  if (lineCount === 2 && second) return text(language, 'cabinet:operations.two', { first, second: continued(second) });
  return lineCount > 1 ? text(language, 'cabinet:operations.more', { first, count: lineCount - 1 }) : first;
}

/** Where it was and how it was paid: `АЗС № 4 · 2 427,41 ₽`. */
export function operationNote(operation: Operation, language: Language): string {
  if (operation.kind === 'debt' || (operation.kind === 'move' && operation.cardNumber === MERGED_ACCOUNT)) {
    return text(language, 'merges:operation.note');
  }
  const { kind, station } = operation;
  if (kind === 'burning' || kind === 'move') return text(language, `cabinet:operations.${kind}Note`);
  const how = kind === 'held' ? text(language, 'cabinet:operations.heldNote') : payment(operation, language);
  return [station, how].filter(Boolean).join(' · ');
}

/** A receipt line by its name, else by its category; fuel with its litres. */
export function lineTitle({ name, category, quantity }: Omit<OperationLine, 'count'>, language: Language): string {
  const title = name?.trim() ? shortened(name.trim()) : text(language, `cabinet:categories.${category}`);
  // A register that does not send litres sends one piece.
  if (category !== 'fuel' || quantity === null || quantity === ONE) return title;
  return text(language, 'cabinet:operations.litres', { name: title, litres: quantityText(quantity, language) });
}

/** Thousandths: 39470 is `39,47`. */
export function quantityText(thousandths: number, language: Language): string {
  const figure = (thousandths / ONE).toFixed(3).replace(/\.?0+$/, '');
  return language === 'ru' ? figure.replace('.', ',') : figure;
}

/** A hundredth of a point pays a kopeck. */
function payment({ kind, totalKopecks, minusHundredths }: Operation, language: Language): string {
  if (kind === 'refund') return formatMoney(totalKopecks, language);
  const paidKopecks = totalKopecks - minusHundredths;
  if (minusHundredths === 0n) return formatMoney(totalKopecks, language);
  if (paidKopecks === 0n) return text(language, 'cabinet:operations.paidByPoints');
  const [money, points] = [formatMoney(paidKopecks, language), pointsText(minusHundredths, language)];
  return text(language, 'cabinet:operations.paidByBoth', { money, points });
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).trimEnd()}…` : name;
}

/** In the middle of a phrase `Круассан` is `круассан`, but `АИ-95` stays. */
function continued(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
