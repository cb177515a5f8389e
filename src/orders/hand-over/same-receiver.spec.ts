import { differingName, isSameCompany } from './same-receiver.js';

const known = { surname: 'Семёнова', name: 'Анна Мария' };

it.each([
  ['СЕМЕНОВА', 'анна-мария', null],
  [' Семёнова', 'Анна  Мария', null],
  ['Чужая', 'Анна Мария', 'surname'],
  ['Семёнова', 'Ольга', 'name'],
])('%s %s', (surname, name, path) => {
  expect(differingName(known, { surname, name })).toBe(path);
});

it('takes any name where the profile has none', () => {
  expect(differingName({ surname: null, name: ' ' }, { surname: 'Новая', name: 'Ольга' })).toBeNull();
});

it.each([
  ['ООО «Ель»', 'Ель', true],
  ['ООО "ЁЛЬ"', 'ооо ель', true],
  ['ООО «Ель»', 'ООО «Сосна»', false],
  ['ООО «Ипотека»', 'тека', false],
])('%s and %s', (one, other, same) => {
  expect(isSameCompany(one, other)).toBe(same);
});
