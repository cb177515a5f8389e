import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { seal, unseal } from '../../shared/sealed-secret.js';

/** PINs, activation codes and files that hold them are never written down in clear. Each is bound to its row and its use. */
@Injectable()
export class SimSeal {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = config.keyFor('sim secrets');
  }

  seal(use: 'codes' | 'lpa' | 'file', id: string, secret: Uint8Array | string): Buffer {
    return seal(this.key, typeof secret === 'string' ? Buffer.from(secret) : secret, `${use} ${id}`);
  }

  open(use: 'codes' | 'lpa' | 'file', id: string, sealed: Buffer): Buffer {
    return unseal(this.key, sealed, `${use} ${id}`);
  }
}
