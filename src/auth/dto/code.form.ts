import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches } from 'class-validator';

export class CodeForm {
  /** `123 456` is as good. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.replace(/\s/g, '') : value))
  @Matches(/^\d{6}$/, { context: { code: 'code_shape' } })
  code!: string;

  @IsOptional()
  @IsString()
  back?: string;
}
