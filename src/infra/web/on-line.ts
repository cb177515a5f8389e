import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '../../shared/domain-error.js';
import { Config, type Line } from '../config/config.js';

const LINE = Symbol('line');

@Injectable()
export class LineOn implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly config: Config,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const line = this.reflector.getAllAndOverride<Line>(LINE, [context.getHandler(), context.getClass()]);
    if (!this.config.lines.includes(line)) throw new DomainError('not_found', 'not_found');
    return true;
  }
}

/** `@OnLine('telecom')` above `@Roles` and the like: without that line of business its pages are not there. */
export function OnLine(line: Line): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(LINE, line), UseGuards(LineOn));
}
