import { IsIn, Matches, ValidateIf } from 'class-validator';
import { IsCalendarDay } from '../../shared/calendar-day.js';

export class PublicationDto {
  /** Of the draft that was read: somebody may have saved another meanwhile. */
  @Matches(/^\d{1,9}$/, { context: { code: 'invalid' } })
  revision!: string;

  @IsIn(['now', 'later'], { context: { code: 'choose' } })
  when!: 'now' | 'later';

  @ValidateIf(({ when }: PublicationDto) => when === 'later')
  @IsCalendarDay()
  day!: string;
}
