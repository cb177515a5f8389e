import type { SeenOrder } from '../../orders/desk/order-desk.service.js';
import type { Actor } from '../../shared/actor.js';
import type { SeenDto } from './order.dto.js';

export function seen(id: string, { revision }: SeenDto, clerk: Actor): SeenOrder {
  return { id, revision, clerkId: clerk.id ?? '' };
}
