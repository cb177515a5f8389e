import type { StoredPromotion } from '../../loyalty/promotions/promotions.service.js';

/** What staff see: published ones are told apart by their days. */
export type ShownState = 'draft' | 'scheduled' | 'active' | 'paused' | 'ended';

export const TAGS: Record<ShownState, string> = {
  ...{ draft: '', scheduled: 'info', active: 'success', paused: 'warning', ended: '' },
};
export const STATE_ORDER: readonly ShownState[] = ['active', 'scheduled', 'paused', 'draft', 'ended'];

export function shownState({ state, terms }: Pick<StoredPromotion, 'state' | 'terms'>, today: string): ShownState {
  if (state === 'ended' || (terms.lastDay !== null && terms.lastDay < today && state !== 'draft')) return 'ended';
  if (state !== 'published') return state;
  return terms.firstDay !== null && terms.firstDay > today ? 'scheduled' : 'active';
}
