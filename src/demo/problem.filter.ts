import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { failureOf } from '../infra/web/failure.js';
import { sendProblem } from '../infra/web/problem.js';

/** The demo's tools are for programs: whatever goes wrong is problem+json, whatever the caller said it accepts. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Demo');

  catch(error: unknown, host: ArgumentsHost): void {
    const failure = failureOf(error);
    if (failure.status >= 500) this.logger.error({ err: error });
    sendProblem(host.switchToHttp().getResponse<Response>(), failure);
  }
}
