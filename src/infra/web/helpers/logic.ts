import hbs from 'hbs';
import type { HelperOptions } from './helper.js';

type Operands = [...unknown[], HelperOptions];

/** `{{#if (eq card.state 'active')}}` */
export function eq(one: unknown, other: unknown): boolean {
  return one === other;
}

/** `{{#if (ne card.state 'active')}}` */
export function ne(one: unknown, other: unknown): boolean {
  return one !== other;
}

/** `{{#if (not card.blocked)}}` */
export function not(value: unknown): boolean {
  return isNothing(value);
}

/** `{{#if (and viewer card)}}`; the last operand where all hold, as in `{{or name email}}` */
export function and(...operands: Operands): unknown {
  const values = operands.slice(0, -1);
  const nothing = values.findIndex(isNothing);
  return values.at(nothing);
}

/** `{{or customer.name customer.phone}}`: the first that is there */
export function or(...operands: Operands): unknown {
  const values = operands.slice(0, -1);
  return values.find((value) => !isNothing(value)) ?? values.at(-1);
}

/** As `{{#if}}` sees it. */
function isNothing(value: unknown): boolean {
  return !value || hbs.handlebars.Utils.isEmpty(value);
}
