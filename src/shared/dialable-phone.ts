import allNumbers from 'libphonenumber-js/min/metadata';
import { type PhoneFault, readPhone } from './phone.js';

/** 8 800, 8 809 and their like: some are paid for by whoever calls, and nobody waits for a call there. */
const SERVICE_NUMBER = /^\+780\d/;

/** As `readPhone`, for numbers that are called and get no messages: those of a city too. */
export function readDialablePhone(spelling: unknown): { phone: string } | { fault: PhoneFault } {
  const read = readPhone(spelling, undefined, allNumbers);
  return 'phone' in read && SERVICE_NUMBER.test(read.phone) ? { fault: 'phone_invalid' } : read;
}
