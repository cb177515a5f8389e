import { applyDecorators } from '@nestjs/common';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { AliasForm } from '../../stations/category-aliases.js';

const LONGEST = 20_000;
const invalid = { context: { code: 'invalid' } };

/** Codes stand one a line or between commas; nothing else that cannot be seen. */
function Codes(): PropertyDecorator {
  return applyDecorators(IsOptional(), IsString(invalid), MaxLength(LONGEST), Matches(/^[\P{C}\r\n\t]*$/u, invalid));
}

export class AliasesDto implements AliasForm {
  @Codes()
  fuel?: string;

  @Codes()
  goods?: string;

  @Codes()
  food?: string;

  @Codes()
  services?: string;

  @Codes()
  tobacco?: string;
}
