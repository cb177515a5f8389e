import { IsIn } from 'class-validator';
import { timeZones } from '../../stations/time-zones.js';
import { Line } from './line.js';
import { WholeNumber } from './whole-number.js';

export class StationDto {
  @WholeNumber(1, 99_999)
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
