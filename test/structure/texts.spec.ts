import { globSync, readdirSync, readFileSync } from 'node:fs';

const LANGUAGES = ['ru', 'en'] as const;
const PLURALS = { ru: ['few', 'many', 'one', 'other'], en: ['one', 'other'] };
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = Map<string, string>;

function textsOf(language: string): Texts {
  const texts: Texts = new Map();
  for (const file of readdirSync(`locales/${language}`)) {
    const area = file.replace('.json', '');
    flatten(JSON.parse(readFileSync(`locales/${language}/${file}`, 'utf8')), `${area}:`, texts);
  }
  return texts;
}

function flatten(value: unknown, path: string, texts: Texts): void {
  if (typeof value === 'string') {
    texts.set(path, value);
    return;
  }
  for (const [key, inner] of Object.entries(value as object)) {
    flatten(inner, path.endsWith(':') ? path + key : `${path}.${key}`, texts);
  }
}

const texts = { ru: textsOf('ru'), en: textsOf('en') };
const stems = (language: 'ru' | 'en') => new Set([...texts[language].keys()].map((key) => key.replace(PLURAL, '')));
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{-?\s*([\w.]+)/g)].map(([, name]) => name))].sort();

/** Usage lines show made-up keys. */
const uncommented = (file: string) =>
  readFileSync(file, 'utf8').replace(/\{\{!--[^]*?--\}\}|\{\{![^]*?\}\}|\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');

describe('the texts', () => {
  it('say the same things in both languages', () => {
    expect([...stems('en')].sort()).toEqual([...stems('ru')].sort());
  });

  it.each(LANGUAGES)('have every plural form and no empty text (%s)', (language) => {
    const faults: string[] = [];
    for (const [key, text] of texts[language]) {
      if (text.trim() === '') faults.push(`${key} is empty`);
      const stem = key.replace(PLURAL, '');
      const isPlural = PLURAL.test(key) && texts[language].has(`${stem}_other`);
      if (!isPlural) continue;
      for (const form of PLURALS[language]) {
        if (!texts[language].has(`${stem}_${form}`)) faults.push(`${stem} lacks ${form}`);
      }
    }
    expect([...new Set(faults)]).toEqual([]);
  });

  it('are filled in with the same values in both languages', () => {
    const faults: string[] = [];
    for (const [key, russian] of texts.ru) {
      const english = texts.en.get(key);
      // `count` may be left unsaid: "one point".
      const said = (text: string) =>
        placeholders(text)
          .filter((name) => name !== 'count')
          .join();
      if (english !== undefined && said(english) !== said(russian)) faults.push(key);
    }
    expect(faults).toEqual([]);
  });

  it('that pages and code ask for exist', () => {
    const known = [...stems('ru')];
    // `t (concat 'cards:states.' state)` asks for one of a family.
    const exists = (key: string) => known.some((stem) => (key.endsWith('.') ? stem.startsWith(key) : stem === key));
    const faults: string[] = [];
    for (const file of globSync(['views/**/*.hbs', 'src/**/*.ts'])) {
      const asked = uncommented(file).matchAll(/\b(?:t|text|tr)\b[ (][^'"\n]{0,40}['"]([a-z]+:[\w.]+)['"]/g);
      for (const [, key = ''] of asked) if (!exists(key)) faults.push(`${file}: ${key}`);
    }
    expect(faults).toEqual([]);
  });
});
