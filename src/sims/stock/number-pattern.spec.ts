import { searchableNumber } from './number-pattern.js';

it.each([
  ['77', '77%'],
  ['12-34', '4321%'],
  ['9??1234567', '7654321__9%'],
  ['+7 (921) 123-45-67', '7654321129%'],
  ['', '%'],
  ["%_'", '%'],
])('%s as a number written backwards: %s', (pattern, like) => {
  expect(searchableNumber(pattern)).toBe(like);
});
