import { Injectable } from '@nestjs/common';
import { EmailTransport } from './email/email-transport.js';
import { NoWayOut, SmsTransport } from './sms-transport.js';

export interface Outgoing {
  id: string;
  channel: 'sms' | 'email' | 'push';
  to: string;
  subject: string | null;
  text: string;
  unsubscribeUrl: string | null;
}

/** Each channel's way out. */
@Injectable()
export class Gateways {
  constructor(
    private readonly sms: SmsTransport,
    private readonly email: EmailTransport,
  ) {}

  async send({ id, channel, to, subject, text, unsubscribeUrl }: Outgoing): Promise<void> {
    if (channel === 'sms') await this.sms.send({ id, to, text });
    else if (channel === 'email') await this.email.send({ id, to, subject: subject ?? '', text, unsubscribeUrl });
    else throw new NoWayOut(`no way out for ${channel}`);
  }
}
