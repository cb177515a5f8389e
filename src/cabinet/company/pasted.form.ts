import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

const LONGEST = 60_000;

/** Rows of a spreadsheet. */
export class PastedForm {
  @MaxLength(LONGEST)
  @IsNotEmpty()
  @IsString({ context: { code: 'isNotEmpty' } })
  rows!: string;
}
