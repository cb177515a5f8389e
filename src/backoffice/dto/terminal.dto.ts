import { Line } from './line.js';

export class TerminalDto {
  @Line(64)
  terminalName!: string;
}
