import { NoWayOut } from '../sms-transport.js';
import { type Email, EmailTransport } from './email-transport.js';

/** An installation without a mail server: every mail fails, in sight of whoever reads the log. */
export class NoEmailTransport extends EmailTransport {
  send(email: Email): Promise<void> {
    return Promise.reject(new NoWayOut(`message ${email.id} has no way out: set SMTP_URL`));
  }
}
