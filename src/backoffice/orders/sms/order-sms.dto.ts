import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { WholeNumber } from '../../dto/whole-number.js';
import { SeenDto } from '../../dto/seen.dto.js';

const tidy = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.normalize('NFC').replace(/\r\n/g, '\n').trim() : value;

export class SmsWordsDto {
  @Transform(tidy)
  @Length(1, 60, { context: { code: 'order_sms_title' } })
  @IsString({ context: { code: 'order_sms_title' } })
  title!: string;

  @Transform(tidy)
  @Length(1, 300, { context: { code: 'order_sms_body' } })
  @IsString({ context: { code: 'order_sms_body' } })
  body!: string;
}

export class SmsChangeDto extends SmsWordsDto {
  /** The revision that was on the screen. */
  @WholeNumber(1, 1_000_000_000)
  basedOn!: number;
}

export class SmsRetirementDto {
  @WholeNumber(1, 1_000_000_000)
  basedOn!: number;

  /** Missing where it is offered again. */
  @IsOptional()
  @IsIn(['1'])
  retired?: '1';
}

/** What the clerk had before them when they pressed «Отправить». */
export class SmsDto extends SeenDto {
  @IsUUID(undefined, { context: { code: 'order_sms_template' } })
  template!: string;

  @WholeNumber(1, 1_000_000_000)
  templateRevision!: number;
}
