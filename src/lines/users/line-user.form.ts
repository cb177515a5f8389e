import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Tidy } from '../../infra/web/tidy.js';
import { USER_KINDS, type UserKind } from './line-user.js';
import { LONGEST_NAME, LONGEST_NOTE } from './user-rows.js';

/** Who uses a company's number. */
export class LineUserForm {
  @IsIn(USER_KINDS, { context: { code: 'choose' } })
  userKind!: UserKind;

  @Tidy()
  @MaxLength(LONGEST_NAME)
  @IsNotEmpty()
  @IsString({ context: { code: 'isNotEmpty' } })
  userName!: string;

  @IsOptional()
  @Tidy()
  @IsString()
  @MaxLength(LONGEST_NOTE)
  userNote?: string | null;
}
