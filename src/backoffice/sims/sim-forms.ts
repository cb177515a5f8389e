import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { REVEALS, type Reveal } from '../../sims/secrets/sim-reveals.service.js';

const PLACE = /^(office|staff):[0-9a-f-]{36}$/;

/** Without what cannot be seen and without blanks around it; nothing where nothing is left. */
function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').trim() || undefined : value,
  );
}

export class MoveDto {
  @Matches(PLACE, { context: { code: 'choose' } })
  place!: string;

  @Trimmed()
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class WriteOffDto {
  @Trimmed()
  @MaxLength(500)
  @IsString({ context: { code: 'sim_reason' } })
  reason!: string;
}

const SCOPES = ['chosen', 'found'] as const;

export class BulkMoveDto extends MoveDto {
  @IsIn(SCOPES, { context: { code: 'choose' } })
  scope!: (typeof SCOPES)[number];
}

export class BulkWriteOffDto extends WriteOffDto {
  @IsIn(SCOPES, { context: { code: 'choose' } })
  scope!: (typeof SCOPES)[number];
}

export class RevealDto {
  @IsIn(REVEALS, { context: { code: 'choose' } })
  what!: Reveal;

  @MaxLength(200, { context: { code: 'password_not_yours' } })
  @MinLength(1, { context: { code: 'password_not_yours' } })
  @IsString({ context: { code: 'password_not_yours' } })
  password!: string;
}

export class OfficeDto {
  @Trimmed()
  @MaxLength(120)
  @IsString()
  name!: string;

  @Trimmed()
  @MaxLength(300)
  @IsString()
  address!: string;
}

export class UploadDto {
  @IsUUID(undefined, { context: { code: 'choose' } })
  operatorId!: string;

  @IsUUID(undefined, { context: { code: 'choose' } })
  officeId!: string;

  @Trimmed()
  @IsOptional()
  @IsString()
  @MaxLength(60)
  party?: string;
}

export class OverrideDto {
  /** A ticked box says `on`. */
  @IsOptional()
  @IsIn(['on'])
  override?: string;

  @Trimmed()
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}
