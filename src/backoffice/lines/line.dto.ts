import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Equals, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { IsPhone } from '../../shared/is-phone.js';

const tidy = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.normalize('NFC').trim() || undefined : value;

/** `2026-12-01`, a day of the programme. */
function Day(): PropertyDecorator {
  return applyDecorators(Transform(tidy), Matches(/^\d{4}-\d\d-\d\d$/, { context: { code: 'line_day' } }));
}

/** A clerk's word that they have looked at the document. */
function DocumentChecked(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => value === 'on'),
    Equals(true, { context: { code: 'order_document' } }),
  );
}

function Words(most: number): PropertyDecorator {
  return applyDecorators(Transform(tidy), IsString({ context: { code: 'isNotEmpty' } }), IsNotEmpty(), MaxLength(most));
}

export class SuspensionDto {
  /** Empty is until further notice. */
  @IsOptional()
  @Day()
  through?: string;
}

export class TariffDto {
  @IsUUID(undefined, { context: { code: 'choose' } })
  tariff!: string;

  /** Empty is as soon as the operator can. */
  @IsOptional()
  @Day()
  from?: string;
}

export class ReplacementDto {
  @IsUUID(undefined, { context: { code: 'order_sim' } })
  sim!: string;

  @DocumentChecked()
  documentChecked!: boolean;
}

export class PortDto {
  @IsPhone()
  ported!: string;

  @Words(60)
  donor!: string;

  @Day()
  from!: string;

  @DocumentChecked()
  documentChecked!: boolean;
}

export class EndingDto {
  @Words(500)
  reason!: string;
}
