// Sums as people type and read them; all reckoning is in whole kopecks.

/** `1 250,5` → 125050; null for what is no sum, 0 for nothing typed. */
export function kopecksOf(typed) {
  const text = typed.replace(/\s/g, '').replace(',', '.');
  if (text === '') return 0;
  if (!/^\d{1,7}(\.\d{0,2})?$/.test(text)) return null;
  const [whole, rest = ''] = text.split('.');
  return Number(whole) * 100 + Number(rest.padEnd(2, '0'));
}

/** 125050 → `1250.50`, as the till's calls have it. */
export function decimalOf(kopecks) {
  return `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`;
}

/** Title and advice in one line, nothing said twice. */
function sentences(texts) {
  const said = [...new Set(texts.filter(Boolean))];
  return said.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ');
}

/** Figures and words in the reader's language. */
export function wordsIn(language, texts) {
  const locale = language === 'en' ? 'en-GB' : 'ru-RU';
  const two = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const plural = new Intl.PluralRules(locale);
  const say = (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (_all, name) => String(values[name] ?? ''));
  const counted = (key, count, values) => say(`${key}_${plural.select(count)}`, { count, ...values });
  /** A refusal in the page's language: its own texts are Russian. One that nobody knew of speaks for itself. */
  const refusal = ({ code, advice, title, detail }) =>
    sentences(texts.refusals[`${code}_${advice}`] ?? texts.refusals[code] ?? [title, detail]);
  return {
    say,
    counted,
    refusal,
    figure: (decimal) => two.format(Number(decimal)).replace('-', '−'),
    money: (decimal) => `${two.format(Number(decimal)).replace('-', '−')}\u00a0₽`,
    points: (decimal) =>
      counted('points', Math.abs(Number(decimal)), { amount: two.format(Number(decimal)).replace('-', '−') }),
  };
}
