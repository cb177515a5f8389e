import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sha256 } from '../auth/secrets.service.js';
import { Config } from '../infra/config/config.js';

/**
 * Secret links to follow an order by, 128 bits each. They are worked out anew when they are needed: the table holds
 * digests only. The first link of an order has the order's own id.
 */
@Injectable()
export class OrderLinks {
  private readonly key: Buffer;

  constructor(private readonly config: Config) {
    this.key = config.keyFor('order link');
  }

  tokenOf(linkId: string): string {
    return createHmac('sha256', this.key).update(linkId).digest().subarray(0, 16).toString('base64url');
  }

  digestOf(linkId: string): Buffer {
    return sha256(this.tokenOf(linkId));
  }

  linkOf(linkId: string): string {
    return `${this.config.publicUrl}/orders/${this.tokenOf(linkId)}`;
  }
}
