import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { readDialablePhone } from './dialable-phone.js';
import { readPhone, type PhoneFault } from './phone.js';

type Reader = (spelling: unknown) => { phone: string } | { fault: PhoneFault };

const FAULTS: readonly PhoneFault[] = ['phone_required', 'phone_invalid', 'phone_foreign'];

/** A form's field with a mobile number in any usual spelling; the instance holds it as E.164. */
export function IsPhone(): PropertyDecorator {
  return isPhoneTo((spelling) => readPhone(spelling), '');
}

/** The same with a number that is called, which may be one of a city. */
export function IsDialablePhone(): PropertyDecorator {
  return isPhoneTo(readDialablePhone, 'dialable_');
}

/** Texts of faults differ by what may be given; that a number is missing is always said the same. */
function isPhoneTo(read: Reader, kind: '' | 'dialable_'): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => {
      const found = read(value);
      return 'phone' in found ? found.phone : value;
    })(target, property);
    for (const fault of FAULTS) {
      isFree(read, fault, fault === 'phone_required' ? fault : kind + fault)(target, property);
    }
  };
}

/** One constraint for each fault, named like it, so that the field's message follows. */
function isFree(read: Reader, fault: PhoneFault, code: string): PropertyDecorator {
  const validate = (value: unknown): boolean => {
    const found = read(value);
    return !('fault' in found) || found.fault !== fault;
  };
  return ValidateBy({ name: code, validator: { validate, defaultMessage: () => code } });
}
