import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Line } from '../dto/line.js';

/** What of an operator may be changed. */
export class OperatorDto {
  @Line(60)
  name!: string;

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value))
  @Matches(/^#[0-9a-f]{6}$/, { context: { code: 'operator_colour' } })
  colour!: string;

  @Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))
  @IsOptional()
  @Matches(/^\s*\d{4,12}([\s,]+\d{4,12}){0,9}\s*$/, { context: { code: 'operator_prefixes' } })
  prefixes?: string;

  @Transform(({ value }: { value: unknown }) => Number(value))
  @IsInt()
  @Min(0)
  @Max(9999)
  position!: number;
}

/** Its code is a `key` here: what is typed into fields of secrets and codes is never shown again. */
export class NewOperatorDto extends OperatorDto {
  @Matches(/^[a-z][a-z0-9_]{1,30}$/, { context: { code: 'operator_code' } })
  key!: string;
}
