import { IsString, MaxLength, MinLength } from 'class-validator';

export class OwnPasswordDto {
  @MaxLength(200, { context: { code: 'password_not_yours' } })
  @MinLength(1, { context: { code: 'password_not_yours' } })
  @IsString({ context: { code: 'password_not_yours' } })
  password!: string;
}
