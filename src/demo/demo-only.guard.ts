import { type CanActivate, Injectable, NotFoundException } from '@nestjs/common';
import { Config } from '../infra/config/config.js';

/** Outside of the demo these addresses do not exist. */
@Injectable()
export class DemoOnly implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(): boolean {
    if (!this.config.demo) throw new NotFoundException();
    return true;
  }
}
