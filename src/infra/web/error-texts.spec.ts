import { waitText } from './error-texts.js';

it.each([
  [40, '40 секунд'],
  [61, '2 минуты'],
  [90 * 60, '90 минут'],
  [90 * 60 + 1, '2 часа'],
  [86_400, '24 часа'],
])('%i seconds are «%s»', (seconds, words) => {
  expect(waitText('ru', seconds)).toBe(words);
});
