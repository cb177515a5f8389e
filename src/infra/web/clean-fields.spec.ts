import { cleanFields, parseQuery } from './clean-fields.js';

describe('cleanFields', () => {
  it('takes out what cannot be seen, and keeps tabs and ends of lines', () => {
    const typed = { name: 'А\u0000нна\u202e', words: 'раз\tдва\r\nтри\u007f', many: ['\u2067a', 'b\u001b'] };
    expect(cleanFields(typed)).toEqual({ name: 'Анна', words: 'раз\tдва\r\nтри', many: ['a', 'b'] });
  });

  it('leaves other languages and joined pictures alone', () => {
    const typed = { name: 'Ñandú 👩‍👩‍👧', note: '\u200f\u05d0' };
    expect(cleanFields({ ...typed })).toEqual(typed);
  });

  it('leaves a password as it was typed, but for NUL', () => {
    expect(cleanFields({ newPassword: 'a\u0001\u0000b\u202e' })).toEqual({ newPassword: 'a\u0001b\u202e' });
  });
});

it('a query is read the same way', () => {
  expect({ ...parseQuery('q=%00%D0%B0&q=b%E2%80%AE&page=2') }).toEqual({ q: ['а', 'b'], page: '2' });
});
