import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Config } from '../config/config.js';
import { BrandStyles } from './brand-styles.js';
import { Cookies } from './cookies.js';
import { Flashes } from './flash.js';
import { Visitors } from './visitor.js';

/** What the web layer's middleware, pages and errors share. */
@Injectable()
export class WebParts {
  constructor(
    readonly config: Config,
    readonly clock: Clock,
    readonly cookies: Cookies,
    readonly visitors: Visitors,
    readonly flashes: Flashes,
    readonly brandStyles: BrandStyles,
  ) {}
}
