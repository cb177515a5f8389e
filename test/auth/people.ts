import { Passwords } from '../../src/auth/logins/passwords.service.js';
import type { TestApp } from '../support/app.js';

export const PASSWORD = 'белая ворона летит';

export interface Person {
  customerId: string;
  phone: string;
}

/** A customer with an activated card, who logs in by code. */
export async function customer(app: TestApp): Promise<Person> {
  return app.world.activeCard(await app.world.openTill());
}

/** A customer who has set a password. */
export async function customerWithPassword(app: TestApp, password = PASSWORD): Promise<Person> {
  const person = await customer(app);
  await app
    .get(Passwords)
    .change({ loginId: person.customerId, current: '', next: password, sessionId: '', ip: '127.0.0.1' });
  return person;
}
