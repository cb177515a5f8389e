import { Transform, Type } from 'class-transformer';
import { IsInt, IsString, Length, Min } from 'class-validator';

const trimmed = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.trim() : value);

export class TemplateDto {
  @Transform(trimmed)
  @Length(1, 120, { context: { code: 'paper_title' } })
  @IsString({ context: { code: 'paper_title' } })
  title!: string;

  @Length(1, 20_000, { context: { code: 'paper_body' } })
  @IsString({ context: { code: 'paper_body' } })
  body!: string;

  /** The version that was on the screen. */
  @Type(() => Number)
  @Min(1)
  @IsInt()
  basedOn!: number;
}
