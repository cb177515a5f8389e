import { Remembered } from './remembered.js';

describe('remembered answers', () => {
  it('are worked out once', () => {
    const squares = new Remembered<number>();
    let worked = 0;
    const square = (of: number) => squares.of(String(of), () => ((worked += 1), of * of));
    expect([square(3), square(3), square(4)]).toEqual([9, 9, 16]);
    expect(worked).toBe(2);
  });

  it('are forgotten when there are too many', () => {
    const names = new Remembered<string>(2);
    let worked = 0;
    const name = (of: string) => names.of(of, () => ((worked += 1), of));
    ['a', 'b', 'c', 'a'].forEach(name);
    expect(worked).toBe(4);
  });
});
