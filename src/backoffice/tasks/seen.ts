import type { Actor } from '../../shared/actor.js';
import type { SeenTask } from '../../tasks/desk/task-desk.service.js';
import type { SeenDto } from './task.dto.js';

export function seen(id: string, { revision }: SeenDto, clerk: Actor): SeenTask {
  return { id, revision, clerkId: clerk.id ?? '' };
}
