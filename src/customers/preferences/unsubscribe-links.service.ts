import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sameDigest } from '../../auth/secrets.service.js';
import { Config } from '../../infra/config/config.js';
import { DomainError } from '../../shared/domain-error.js';
import { type Topic, TOPICS } from './channels.js';

export interface Subscription {
  customerId: string;
  topic: Topic;
}

const TOKEN = /^([0-9a-f-]{36})\.([a-z]+)\.([\w-]{22})$/;

/** Links that leave one topic without logging in. Signed, not kept: they work as long as the mail is kept. */
@Injectable()
export class UnsubscribeLinks {
  constructor(private readonly config: Config) {}

  linkFor(subscription: Subscription): string {
    const { customerId, topic } = subscription;
    return `${this.config.publicUrl}/mail/unsubscribe/${customerId}.${topic}.${this.sign(subscription)}`;
  }

  /** Throws `unsubscribe_link_unknown`. */
  read(token: string): Subscription {
    const [, customerId = '', named = '', signature = ''] = TOKEN.exec(token) ?? [];
    const topic = TOPICS.find((known) => known === named);
    if (topic && sameDigest(Buffer.from(signature), Buffer.from(this.sign({ customerId, topic })))) {
      return { customerId, topic };
    }
    throw new DomainError('unsubscribe_link_unknown', 'not_found');
  }

  /** 128 bits: it opens nothing but the way out. */
  private sign({ customerId, topic }: Subscription): string {
    const digest = createHmac('sha256', this.config.keyFor('unsubscribe')).update(`${customerId}.${topic}`).digest();
    return digest.subarray(0, 16).toString('base64url');
  }
}
