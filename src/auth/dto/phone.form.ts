import { IsOptional, IsString } from 'class-validator';
import { IsPhone } from '../../shared/is-phone.js';

/** Where only a phone is asked for: a code by SMS, a temporary password. */
export class PhoneForm {
  @IsPhone()
  phone!: string;

  @IsOptional()
  @IsString()
  back?: string;
}
