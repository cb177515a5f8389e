import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { timeZones } from '../../stations/time-zones.js';
import { Line } from './line.js';

export class StationDto {
  @Max(99_999)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  number!: number;

  @Line(80)
  name!: string;

  @Line(80)
  city!: string;

  @Line(200)
  address!: string;

  @IsIn(timeZones, { context: { code: 'choose' } })
  timeZone!: string;
}
