import { readSearch } from './search-words.js';

describe('what is typed into the search box', () => {
  it.each(['+7 921 123-45-67', '8(921)1234567', '9211234567', '7 921 123 45 67', '+79211234567'])(
    'reads %s as the same phone',
    (typed) => expect(readSearch(typed)).toEqual({ kind: 'phone', phone: '+79211234567' }),
  );

  it.each(['2990123456784', '2990 1234 5678 4', ' 2990-1234-5678-4 '])('reads %s as a card', (typed) =>
    expect(readSearch(typed)).toEqual({ kind: 'card', number: '2990123456784' }),
  );

  it.each([
    ['4567', '4567'],
    ['45-67', '4567'],
    ['123-45-67', '1234567'],
  ])('reads %s as the end of a phone', (typed, digits) => expect(readSearch(typed)).toEqual({ kind: 'tail', digits }));

  it.each([
    ['Семёнова', ['семенова']],
    ['  ПЁТР   Иванов ', ['петр', 'иванов']],
    ['Иванов Пётр Сергеевич', ['иванов', 'петр']],
    ["О'Коннор-Смит", ["о'коннор-смит"]],
    ['50% скидка', ['скидка']],
  ])('reads %s as names', (typed, words) => expect(readSearch(typed)).toEqual({ kind: 'name', words }));

  it('reads an address, nothing and rubbish', () => {
    expect(readSearch('Anna@Mail.RU')).toEqual({ kind: 'email', email: 'anna@mail.ru' });
    for (const typed of ['', '   ', undefined, ['x'], 7]) expect(readSearch(typed)).toEqual({ kind: 'all' });
    for (const typed of ['12', '%%%', '№', '1'.repeat(40)]) expect(readSearch(typed)).toEqual({ kind: 'nothing' });
  });
});
