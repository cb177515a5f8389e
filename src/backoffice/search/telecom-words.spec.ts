import { readTelecomWords } from './telecom-words.js';

const nothing = { digits: null, lineDigits: null, words: null };

it.each([
  ['№ 10012', { ...nothing, digits: '10012' }],
  ['#10012', { ...nothing, digits: '10012' }],
  ['10012', { ...nothing, digits: '10012', lineDigits: '10012' }],
  ['45-67', { ...nothing, digits: '4567', lineDigits: '4567' }],
  ['8 (921) 123-45-67', { ...nothing, digits: '9211234567', lineDigits: '9211234567' }],
  ['+7 921 123 45 67', { ...nothing, digits: '9211234567', lineDigits: '9211234567' }],
  ['567', nothing],
  ['8970101000000000012', nothing],
  ['Семёйный 5G', { ...nothing, words: ['семейный', '5g'] }],
  [`всё & (или:* '!`, { ...nothing, words: ['все', 'или'] }],
  ['anna@mail.ru', nothing],
  ['  ', nothing],
])('reads %j', (typed, words) => {
  expect(readTelecomWords(typed)).toEqual(words);
});
