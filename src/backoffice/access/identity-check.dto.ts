import { IsIn } from 'class-validator';
import { IDENTITY_CHECKS, type IdentityCheck } from '../../auth/logins/office-codes.service.js';

export class IdentityCheckDto {
  @IsIn(IDENTITY_CHECKS, { context: { code: 'identity_check_required' } })
  check!: IdentityCheck;
}
