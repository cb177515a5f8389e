import { Injectable } from '@nestjs/common';
import { FormLimits } from '../../auth/limits/form-limits.js';
import { RateLimits } from '../../auth/limits/rate-limits.service.js';
import { Config } from '../../infra/config/config.js';

@Injectable()
export class CallbackLimits extends FormLimits {
  constructor(rates: RateLimits, { callbacks }: Config) {
    super(rates, 'callback', callbacks);
  }
}
