import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import type { Observable } from 'rxjs';

/**
 * On a page that reads codes off the camera: it alone may ask for the camera, and compile the reader, which is WebAssembly
 * from our own origin. Every other page stays closed.
 */
@Injectable()
export class CameraPage implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const res = context.switchToHttp().getResponse<Response>();
    change(res, 'Content-Security-Policy', "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
    change(res, 'Permissions-Policy', 'camera=()', 'camera=(self)');
    return next.handle();
  }
}

function change(res: Response, header: string, from: string, to: string): void {
  const policy = res.getHeader(header);
  if (typeof policy === 'string') res.setHeader(header, policy.replace(from, to));
}
