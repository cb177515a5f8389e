import { IsIn } from 'class-validator';
import { customerBlockReasons } from '../../cards/blocks/block-reason.js';

export class BlockForm {
  @IsIn(customerBlockReasons, { context: { code: 'choose' } })
  reason!: (typeof customerBlockReasons)[number];
}
