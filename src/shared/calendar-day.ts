import { ValidateBy } from 'class-validator';

const DAY = /^[12]\d{3}-\d\d-\d\d$/;

/** Whether this is a day of the calendar, `2026-11-22`, of a year that may be meant: 30 February is none. */
export function isCalendarDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** A form's field with such a day. */
export function IsCalendarDay(): PropertyDecorator {
  const validator = { validate: isCalendarDay, defaultMessage: () => 'isDateString' };
  return ValidateBy({ name: 'isDateString', validator });
}
