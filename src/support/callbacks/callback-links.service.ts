import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sha256 } from '../../auth/secrets.service.js';
import { Config } from '../../infra/config/config.js';

/**
 * Secret links of requests, 128 bits each. They are worked out anew when they are needed: the table holds digests only,
 * and an SMS that is sent a second time carries the same link.
 */
@Injectable()
export class CallbackLinks {
  private readonly key: Buffer;

  constructor(private readonly config: Config) {
    this.key = config.keyFor('callback link');
  }

  tokenOf(requestId: string): string {
    return createHmac('sha256', this.key).update(requestId).digest().subarray(0, 16).toString('base64url');
  }

  digestOf(requestId: string): Buffer {
    return sha256(this.tokenOf(requestId));
  }

  linkOf(requestId: string): string {
    return `${this.config.publicUrl}/callback/${this.tokenOf(requestId)}`;
  }
}
