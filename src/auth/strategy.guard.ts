import { AuthGuard, type IAuthModuleOptions } from '@nestjs/passport';
import type { Strategy } from 'passport';

/**
 * Passport knows strategies by name for the whole process; this guard asks its own application's, so that several may
 * run side by side.
 */
export class StrategyGuard extends AuthGuard() {
  constructor(strategy: Strategy) {
    super(optionsOf(strategy));
  }
}

/** A copy for each request: Passport hangs the request's own callbacks on the strategy it is given. */
function optionsOf(strategy: Strategy): IAuthModuleOptions {
  return {
    session: false,
    get defaultStrategy() {
      return Object.create(strategy) as string;
    },
  };
}
