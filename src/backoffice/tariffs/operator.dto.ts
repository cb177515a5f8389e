import { Transform } from 'class-transformer';
import { Matches, Max, Min, IsInt } from 'class-validator';
import { Line } from '../dto/line.js';
import { Typed } from './typed.js';

/** What of an operator may be changed. */
export class OperatorDto {
  @Line(60)
  name!: string;

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value))
  @Matches(/^#[0-9a-f]{6}$/, { context: { code: 'operator_colour' } })
  colour!: string;

  @Typed(200)
  @Matches(/^\d{4,12}([\s,]+\d{4,12}){0,9}$/, { context: { code: 'operator_prefixes' } })
  prefixes?: string;

  @Transform(({ value }: { value: unknown }) => Number(value))
  @IsInt()
  @Min(0)
  @Max(9999)
  position!: number;
}

export class NewOperatorDto extends OperatorDto {
  @Matches(/^[a-z][a-z0-9_]{1,30}$/, { context: { code: 'operator_code' } })
  code!: string;
}
