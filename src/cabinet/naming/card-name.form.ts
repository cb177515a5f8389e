import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Tidy } from '../../infra/web/tidy.js';

export const LONGEST_NICKNAME = 40;
/** Characters that cannot be seen, and those that turn the text around them, belong into no name. */
const VISIBLE = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u;

export class CardNameForm {
  @IsOptional()
  @Tidy()
  @IsString()
  @Matches(VISIBLE, { context: { code: 'invalid' } })
  @MaxLength(LONGEST_NICKNAME)
  nickname?: string | null;
}
