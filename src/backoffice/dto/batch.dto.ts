import { Transform } from 'class-transformer';
import { IsOptional, IsUUID } from 'class-validator';
import { Line } from './line.js';
import { WholeNumber } from './whole-number.js';

const blankAsNothing = Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

export class BatchDto {
  /** Made with the form, so that a form sent twice prints one batch. */
  @IsUUID(undefined, { context: { code: 'invalid' } })
  batchId!: string;

  @Line(120)
  title!: string;

  @WholeNumber(1, 100_000)
  size!: number;

  @IsUUID(undefined, { context: { code: 'station_unknown' } })
  @IsOptional()
  @blankAsNothing
  stationId?: string;
}

export class SendBatchDto {
  @IsUUID(undefined, { context: { code: 'station_unknown' } })
  stationId!: string;
}
