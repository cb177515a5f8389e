import { IsPhone } from '../../shared/is-phone.js';
import { IdentityCheckDto } from './identity-check.dto.js';

export class NewContactDto extends IdentityCheckDto {
  @IsPhone()
  phone!: string;
}
