import { UnauthorizedException } from '@nestjs/common';

/** A stranger at a private page: the filter sends pages there (303), programs get 401. */
export class LogInFirst extends UnauthorizedException {
  constructor(readonly path: string) {
    super();
  }
}
