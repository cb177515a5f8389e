import { NoWayOut, type Sms, SmsTransport } from './sms-transport.js';

/** An installation without a gateway: every message fails, in sight of whoever reads the log. */
export class NoSmsTransport extends SmsTransport {
  send(sms: Sms): Promise<'sent'> {
    return Promise.reject(new NoWayOut(`message ${sms.id} has no way out: set SMS_TRANSPORT`));
  }
}
