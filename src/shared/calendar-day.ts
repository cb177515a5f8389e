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

const MOMENT = /^(.{10})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/** A form's field with a day of the calendar and a time of it, `2026-11-22T09:30`, as browsers send it; `code` says what is wrong. */
export function IsCalendarMoment(code: string): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && isCalendarDay(MOMENT.exec(value)?.[1]);
  return ValidateBy({ name: code, validator: { validate, defaultMessage: () => code } });
}
