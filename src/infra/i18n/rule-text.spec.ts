import { ruleText } from './rule-text.js';

describe('the name of an earning rule', () => {
  it('is told in the reader’s language, with the rate of its day', () => {
    const rule = { code: 'base', title: '1,5 % от покупки' };
    expect(ruleText(rule, 'ru')).toBe('1,5 % от покупки');
    expect(ruleText(rule, 'en')).toBe('1.5% of the purchase');
  });

  it.each([
    { code: 'summer', title: '5 % летом' },
    { code: 'base', title: 'Как раньше' },
  ])('stays as it was kept where no text fits: %j', (rule) => {
    expect(ruleText(rule, 'en')).toBe(rule.title);
  });
});
