import { newId } from './ids.js';

describe('newId', () => {
  it('gives ids in the order in which they were made', () => {
    const ids = Array.from({ length: 100 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(100);
  });
});
