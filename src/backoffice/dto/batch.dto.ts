import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { Line } from './line.js';

const blankAsNothing = Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

export class BatchDto {
  /** Made with the form, so that a form sent twice prints one batch. */
  @IsUUID(undefined, { context: { code: 'invalid' } })
  batchId!: string;

  @Line(120)
  title!: string;

  @Max(100_000)
  @Min(1)
  @IsInt()
  @Type(() => Number)
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
