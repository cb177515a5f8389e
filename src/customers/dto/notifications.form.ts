import { IsIn } from 'class-validator';
import { type Channel, CHANNELS } from '../preferences/channels.js';

export class NotificationsForm {
  @IsIn(CHANNELS)
  burning!: Channel;

  @IsIn(CHANNELS)
  news!: Channel;
}
