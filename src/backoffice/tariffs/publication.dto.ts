import { IsIn, Matches, ValidateIf } from 'class-validator';

export class PublicationDto {
  /** Of the draft that was read: somebody may have saved another meanwhile. */
  @Matches(/^\d{1,9}$/, { context: { code: 'invalid' } })
  revision!: string;

  @IsIn(['now', 'later'], { context: { code: 'choose' } })
  when!: 'now' | 'later';

  @ValidateIf(({ when }: PublicationDto) => when === 'later')
  @Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { context: { code: 'isDateString' } })
  day!: string;
}
