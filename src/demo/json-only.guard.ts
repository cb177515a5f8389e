import { type CanActivate, type ExecutionContext, Injectable, UnsupportedMediaTypeException } from '@nestjs/common';
import type { Request } from 'express';

/** A form is no JSON, wherever it comes from. */
@Injectable()
export class JsonOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<Request>().is('application/json') === false) {
      throw new UnsupportedMediaTypeException();
    }
    return true;
  }
}
