import { Transform } from 'class-transformer';
import { IsOptional, IsUUID } from 'class-validator';
import type { Actor } from '../../shared/actor.js';
import { WholeNumber } from './whole-number.js';

/** What the clerk saw when they pressed the button: an order's revision, or a task's. */
export class SeenDto {
  @WholeNumber(1, 1_000_000_000)
  revision!: number;
}

export class AssignmentDto extends SeenDto {
  /** Empty puts it back to everybody. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() || undefined : value))
  @IsUUID(undefined, { context: { code: 'choose' } })
  assignee?: string;
}

/** As the verbs of orders and tasks want it. */
export interface Seen {
  id: string;
  revision: number;
  clerkId: string;
}

export function seen(id: string, { revision }: SeenDto, clerk: Actor): Seen {
  return { id, revision, clerkId: clerk.id ?? '' };
}
