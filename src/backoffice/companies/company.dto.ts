import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { DigitsOnly } from '../../customers/companies/digits-only.js';
import { Tidy } from '../../infra/web/tidy.js';
import { ESIA_STATES, type EsiaState } from '../../lines/esia/esia.js';
import { WholeNumber } from '../dto/whole-number.js';

const MOST_TICKED = 50;
/** What is longer is no such number: its own rule tells more. */
const LONGEST_NUMBER = 40;

function Words(longest: number): PropertyDecorator {
  return applyDecorators(IsOptional(), Tidy(), IsString(), MaxLength(longest));
}

function Digits(): PropertyDecorator {
  return applyDecorators(IsOptional(), DigitsOnly(), IsString(), MaxLength(LONGEST_NUMBER));
}

/** What the clerk saw; 0 where the customer was no company. */
export class SeenCompanyDto {
  @WholeNumber(0, 1_000_000_000)
  revision!: number;
}

export class CompanyDto extends SeenCompanyDto {
  @Tidy()
  @MaxLength(120)
  @IsNotEmpty()
  @IsString({ context: { code: 'isNotEmpty' } })
  name!: string;

  @Words(300)
  fullName?: string | null;

  @DigitsOnly()
  @MaxLength(LONGEST_NUMBER)
  @IsString({ context: { code: 'isNotEmpty' } })
  inn!: string;

  @Digits()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  kpp?: string | null;

  @Digits()
  ogrn?: string | null;

  @Words(300)
  address?: string | null;

  @Digits()
  bik?: string | null;

  @Digits()
  account?: string | null;

  @Digits()
  correspondent?: string | null;

  @Words(120)
  signer?: string | null;

  @Words(200)
  signerBasis?: string | null;

  @IsOptional()
  @Tidy()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;
}

/** Lines that were ticked, and what is said of them. */
export class EsiaDto {
  @Transform(({ value }: { value: unknown }) => [value ?? []].flat())
  @ArrayMaxSize(MOST_TICKED, { context: { code: 'esia_none_ticked' } })
  @ArrayMinSize(1, { context: { code: 'esia_none_ticked' } })
  @IsUUID(undefined, { each: true, context: { code: 'esia_none_ticked' } })
  line!: string[];

  @IsIn(ESIA_STATES, { context: { code: 'choose' } })
  to!: EsiaState;
}
