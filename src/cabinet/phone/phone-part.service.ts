import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { type SpendingDevice, SpendingDevices } from '../../loyalty/spending/spending-devices.service.js';

/** What the card's page tells the script that keeps the card on the phone. */
export interface PhonePart {
  /** Says whether what the phone keeps is this customer's, and nothing about who they are. */
  owner: string;
  devices: SpendingDevice[];
  deviceIds: string;
}

@Injectable()
export class PhoneParts {
  private readonly key: Buffer;

  constructor(
    private readonly devices: SpendingDevices,
    config: Config,
  ) {
    this.key = config.keyFor('owner of a kept card');
  }

  async of(customerId: string): Promise<PhonePart> {
    const devices = await this.devices.list(customerId);
    const owner = createHmac('sha256', this.key).update(customerId).digest('base64url').slice(0, 16);
    return { owner, devices, deviceIds: devices.map(({ id }) => id).join(' ') };
  }
}
