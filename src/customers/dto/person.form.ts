import { IsEmail, IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { Tidy } from '../../infra/web/tidy.js';
import { IsCalendarDay } from '../../shared/calendar-day.js';
import { PERSON_NAME } from '../../shared/person-name.js';
import type { Sex } from '../customer.entity.js';

const LONGEST_NAME = 60;

function IsName(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    Tidy()(target, property);
    Matches(PERSON_NAME, { context: { code: 'name_letters' } })(target, property);
    MaxLength(LONGEST_NAME)(target, property);
  };
}

/** What people tell about themselves: in the profile, and when they activate a card. */
export class PersonForm {
  @IsName()
  surname?: string | null;

  @IsName()
  name?: string | null;

  @IsName()
  patronymic?: string | null;

  @IsOptional()
  @Tidy()
  @IsCalendarDay()
  birthDate?: string | null;

  @IsOptional()
  @Tidy()
  @IsIn(['female', 'male'])
  sex?: Sex | null;

  @IsOptional()
  @Tidy()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;
}
