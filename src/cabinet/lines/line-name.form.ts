import { Transform } from 'class-transformer';
import { IsString, MaxLength } from 'class-validator';

export class LineNameForm {
  /** Empty takes the name away. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @MaxLength(40, { context: { code: 'line_name_long' } })
  @IsString({ context: { code: 'line_name_long' } })
  nickname!: string;
}
