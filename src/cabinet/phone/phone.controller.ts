import { Controller, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { SpendingDevices } from '../../loyalty/spending/spending-devices.service.js';
import { deviceName } from './device-name.js';

interface EnrolledAnswer {
  id: string;
  shortId: string;
  /** Base64; said once. */
  secret: string;
  /** Real milliseconds: the phone's clock may be wrong. */
  now: number;
}

/** Phones that show rotating codes for spending (product N3). */
@Controller('cabinet/cards/devices')
@UseGuards(CustomerOnly)
export class PhoneController {
  private readonly limit: Limit = { name: 'spending_devices', points: 20, seconds: 86_400 };

  constructor(
    private readonly devices: SpendingDevices,
    private readonly rates: RateLimits,
  ) {}

  @Post()
  @HttpCode(201)
  async enrol(@CurrentCustomer() customerId: string, @Req() req: Request): Promise<EnrolledAnswer> {
    await this.rates.consume(this.limit, customerId);
    const { id, shortId, secret } = await this.devices.enrol(customerId, deviceName(req.get('user-agent')));
    return { id, shortId, secret: secret.toString('base64'), now: req.realNow() };
  }

  @Post(':id/revoke')
  async revoke(@CurrentCustomer() customerId: string, @Param('id', KnownId) id: string): Promise<SeeOther> {
    await this.devices.revoke(customerId, id);
    return seeOther('/cabinet/cards', 'phone:devices.revoked');
  }
}
