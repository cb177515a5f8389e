import { IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { Trimmed } from '../../infra/web/tidy.js';

/** Secrets are called «code», so that a refused form does not show them again. */
export class PairingForm {
  @Trimmed()
  @MaxLength(100)
  @IsNotEmpty()
  @IsString({ context: { code: 'isNotEmpty' } })
  terminalCode!: string;

  @Trimmed()
  @Matches(/^\P{C}*$/u, { context: { code: 'invalid' } })
  @MaxLength(64)
  @IsNotEmpty()
  @IsString({ context: { code: 'isNotEmpty' } })
  deviceName!: string;
}

export class PinForm {
  @IsUUID(undefined, { context: { code: 'choose' } })
  cashier!: string;

  @Trimmed()
  @Matches(/^\d{4}$/, { context: { code: 'pin_shape' } })
  @IsString({ context: { code: 'pin_shape' } })
  pinCode!: string;
}
