import { Transform } from 'class-transformer';
import { IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}

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
