import { Transform } from 'class-transformer';
import { IsIn, Matches, Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { blockReasons, type BlockReason } from '../../cards/blocks/block-reason.js';
import { replacementReasons } from '../../cards/replacements/replacement-reason.js';
import { cardDigits, isEan13 } from '../../shared/ean13.js';

@ValidatorConstraint({ name: 'card_number_check' })
class CheckDigit implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isEan13(value);
  }
}

export class BlockDto {
  @IsIn(blockReasons, { context: { code: 'choose' } })
  reason!: BlockReason;
}

export class ReplacementReasonDto {
  @IsIn(replacementReasons, { context: { code: 'choose' } })
  reason!: (typeof replacementReasons)[number];
}

export class PlasticDto extends ReplacementReasonDto {
  /** Typed or scanned; spaces do not count. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? cardDigits(value) : value))
  @Validate(CheckDigit, { context: { code: 'card_number_check' } })
  @Matches(/^\d{13}$/, { context: { code: 'card_number_length' } })
  next!: string;
}
