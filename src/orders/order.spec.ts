import {
  isClosed,
  mayBeEdited,
  mayBeWithdrawn,
  mayChangeTariff,
  mayChangeWay,
  mayMove,
  needsReason,
  nextStates,
  ORDER_STATES,
  type OrderState,
  TRANSITIONS,
} from './order.js';

const order = (state: OrderState, more: Partial<Parameters<typeof mayMove>[0]> = {}) => ({
  ...{ state, held_from: null, way: 'delivery' as const, sim_id: 'a card' },
  ...more,
});

describe('the states of an order', () => {
  it('follow upon one another as the desk works', () => {
    const way: OrderState[] = ['new', 'called', 'agreed', 'prepared', 'in_delivery', 'handed_over', 'active'];
    for (const [index, state] of way.slice(0, -1).entries()) expect(mayMove(order(state), way[index + 1]!)).toBe(true);
  });

  it.each(ORDER_STATES)('lead from “%s” to nothing that the table does not say', (from) => {
    const allowed = ORDER_STATES.filter((to) => mayMove(order(from, { held_from: 'agreed' }), to));
    for (const to of allowed) expect(TRANSITIONS[from]).toContain(to);
    expect(mayMove(order(from), from)).toBe(false);
  });

  it('end in three', () => {
    expect(ORDER_STATES.filter(isClosed)).toEqual(['active', 'cancelled', 'refused']);
  });

  it('skip nothing', () => {
    expect(mayMove(order('new'), 'agreed')).toBe(false);
    expect(mayMove(order('agreed'), 'in_delivery')).toBe(false);
    expect(mayMove(order('prepared'), 'handed_over')).toBe(false);
    expect(mayMove(order('handed_over'), 'cancelled')).toBe(false);
  });

  it('go on after a pause where they stopped, and nowhere else', () => {
    const held = order('held', { held_from: 'called' });
    expect(ORDER_STATES.filter((to) => mayMove(held, to))).toEqual(['called', 'cancelled', 'refused']);
  });

  it('need a card before anything is prepared', () => {
    expect(mayMove(order('agreed', { sim_id: null }), 'prepared')).toBe(false);
    expect(mayMove(order('agreed'), 'prepared')).toBe(true);
  });

  it('take the way that was agreed on', () => {
    expect(nextStates(order('prepared'))).toContain('in_delivery');
    expect(nextStates(order('prepared'))).not.toContain('at_office');
    expect(nextStates(order('prepared', { way: 'pickup' }))).toContain('at_office');
    expect(nextStates(order('prepared', { way: 'pickup' }))).not.toContain('in_delivery');
  });

  it('leave handing over and switching on to forms of their own', () => {
    expect(nextStates(order('in_delivery'))).not.toContain('handed_over');
    expect(nextStates(order('handed_over'))).toEqual([]);
  });

  it('are told why where they stop or go back', () => {
    expect(needsReason('new', 'called')).toBe(false);
    expect(needsReason('held', 'called')).toBe(false);
    expect(needsReason('in_delivery', 'prepared')).toBe(true);
    for (const to of ['held', 'cancelled', 'refused'] as const) expect(needsReason('called', to)).toBe(true);
  });

  it('may end in a refusal even when the card is handed over', () => {
    expect(mayMove(order('handed_over'), 'refused')).toBe(true);
    expect(mayMove(order('active'), 'refused')).toBe(false);
  });

  it('let a clerk put right what does not contradict the card', () => {
    const at = (state: OrderState, more: object = {}) => ({ ...order(state), line_id: null, ...more });
    expect(ORDER_STATES.filter((state) => mayBeEdited(at(state)))).toEqual([
      ...['new', 'called', 'agreed', 'prepared', 'in_delivery', 'at_office', 'handed_over', 'held'],
    ]);
    expect(mayBeEdited(at('handed_over', { line_id: 'a line' }))).toBe(false);
    expect(mayChangeTariff(at('new', { sim_id: null }))).toBe(true);
    expect(mayChangeTariff(at('agreed'))).toBe(false);
    expect(mayChangeWay(at('prepared'))).toBe(true);
    expect(mayChangeWay(at('in_delivery'))).toBe(false);
    expect(mayChangeWay(at('held', { held_from: 'at_office' }))).toBe(false);
  });

  it('let the customer go until something is agreed upon', () => {
    expect(ORDER_STATES.filter(mayBeWithdrawn)).toEqual(['new', 'called']);
  });
});
