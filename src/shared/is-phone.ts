import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { phoneOrNull, readPhone, type PhoneFault } from './phone.js';

const FAULTS: readonly PhoneFault[] = ['phone_required', 'phone_invalid', 'phone_foreign'];

/** A form's field with a mobile number in any usual spelling; the instance holds it as E.164. */
export function IsPhone(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => phoneOrNull(value) ?? value)(target, property);
    for (const fault of FAULTS) isFree(fault)(target, property);
  };
}

/** One constraint for each fault, named like it, so that the field's message follows. */
function isFree(fault: PhoneFault): PropertyDecorator {
  const validate = (value: unknown): boolean => {
    const read = readPhone(value);
    return !('fault' in read) || read.fault !== fault;
  };
  return ValidateBy({ name: fault, validator: { validate, defaultMessage: () => fault } });
}
