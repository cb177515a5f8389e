import { readLpa } from './lpa.js';

describe('the activation code of an eSIM', () => {
  it.each([
    ['LPA:1$smdp.example.ru$04386-AGYFT-A74Y8-3F815', 'smdp.example.ru', '04386-AGYFT-A74Y8-3F815'],
    ['LPA:1$SM-DP.Plus.example$abc', 'sm-dp.plus.example', 'abc'],
    ['LPA:1$rsp.example.ru$K2$1.3.6.1.4.1.31746', 'rsp.example.ru', 'K2'],
    ['LPA:1$rsp.example.ru$K2$$1', 'rsp.example.ru', 'K2'],
    ['LPA:1$rsp.example.ru$K2$1.3.6$1', 'rsp.example.ru', 'K2'],
  ])('%s', (text, host, matchingId) => {
    expect(readLpa(text)).toEqual({ host, matchingId });
  });

  it.each([
    '',
    'LPA:1',
    'LPA:2$rsp.example.ru$K2',
    'LPA:1$rsp.example.ru$',
    'LPA:1$localhost$K2',
    'LPA:1$rsp..ru$K2',
    'LPA:1$-rsp.ru$K2',
    'LPA:1$rsp.example.ru$K 2',
    'LPA:1$rsp.example.ru$K2$x',
    'LPA:1$rsp.example.ru$K2$1.3$2',
    'https://rsp.example.ru/K2',
    `LPA:1$rsp.example.ru$${'A'.repeat(300)}`,
  ])('%j is none', (text) => {
    expect(readLpa(text)).toBeNull();
  });
});
