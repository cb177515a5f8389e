import { filterParts, isClosedList, readFilter, statesOf } from './task-filter.js';

const STAFF = '0190a1b2-0000-7000-8000-000000000000';

describe('the filter of tasks', () => {
  it('reads what an address says, and nothing else', () => {
    const asked = { state: 'sent', overdue: '1', assignee: STAFF, operator: 'mts', kind: 'port', channel: 'files' };
    expect(filterParts(readFilter({ ...asked, q: '№ 20 001' }))).toEqual({ ...asked, q: '20001' });
    const nonsense = { state: 'x', overdue: 'yes', assignee: "'", operator: ['mts'], kind: 'x', channel: 1, q: {} };
    expect(Object.values(filterParts(readFilter(nonsense))).filter(Boolean)).toEqual([]);
    expect(readFilter({ assignee: 'none' }).assignee).toBe('none');
  });

  it('knows which states it is about', () => {
    expect([statesOf({ state: null }), isClosedList({ state: null })]).toEqual([['waiting', 'sent'], false]);
    expect([statesOf({ state: 'closed' }), isClosedList({ state: 'closed' })]).toEqual([
      ...[['done', 'refused', 'called_off'], true],
    ]);
    expect([statesOf({ state: 'sent' }), isClosedList({ state: 'sent' })]).toEqual([['sent'], false]);
    expect(isClosedList({ state: 'refused' })).toBe(true);
  });
});
