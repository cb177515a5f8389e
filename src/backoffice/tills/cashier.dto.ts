import { IsString, Matches } from 'class-validator';
import { Line } from '../dto/line.js';

const PIN = /^\d{4}$/;

/** PINs are called «code», so that a refused form does not show them again. */
export class CashierForm {
  @Line(64)
  cashierName!: string;

  @Matches(PIN, { context: { code: 'pin_shape' } })
  @IsString({ context: { code: 'pin_shape' } })
  pinCode!: string;
}

/** The list holds many such forms: what is wrong is shown above it. */
export class NewPinForm {
  @Matches(PIN, { context: { code: 'pin_shape' } })
  @IsString({ context: { code: 'pin_shape' } })
  newCode!: string;
}
