import { isWeakPin } from './pins.js';

it.each(['0000', '7777', '1234', '0123', '9876'])('%s is what a stranger tries first', (pin) => {
  expect(isWeakPin(pin)).toBe(true);
});

it.each(['2580', '1223', '1357', '8901', '4096'])('%s will do', (pin) => {
  expect(isWeakPin(pin)).toBe(false);
});
