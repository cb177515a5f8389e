import { readTemplate, wordsOf } from './paper-markup.js';

it('reads a line a block', () => {
  const { blocks, faults } = readTemplate(
    '# Договор № {{paper.number}}\n\n## О чём\n- пункт\nТариф | {{tariff.name}}\nпросто\n[cabinet]\n[signatures]',
  );
  expect(faults).toEqual([]);
  expect(blocks).toEqual([
    { kind: 'title', runs: [{ text: 'Договор № ' }, { field: 'paper.number' }] },
    { kind: 'heading', runs: [{ text: 'О чём' }] },
    { kind: 'item', runs: [{ text: 'пункт' }] },
    { kind: 'row', name: [{ text: 'Тариф' }], value: [{ field: 'tariff.name' }] },
    { kind: 'paragraph', runs: [{ text: 'просто' }] },
    { kind: 'cabinet' },
    { kind: 'signatures' },
  ]);
});

it.each([
  ['раз\n{{customer.nmae}}', { line: 2, code: 'field_unknown', text: 'customer.nmae' }],
  ['{{customer.name}', { line: 1, code: 'braces_open', text: '{{customer.name}' }],
  ['{{}}', { line: 1, code: 'field_unknown', text: '' }],
])('names what is wrong with %j', (text, fault) => {
  expect(readTemplate(text).faults).toEqual([fault]);
});

describe('a field that is filled in', () => {
  const fill = (value?: string): string => {
    const [block] = readTemplate('Имя: {{customer.name}}').blocks;
    if (block?.kind !== 'paragraph') throw new Error('a paragraph was written');
    return wordsOf(block.runs, value === undefined ? {} : { 'customer.name': value });
  };

  it('is a word whatever stands in it, never markup', () => {
    expect(fill('# {{brand.inn}}\n[signatures] | x')).toBe('Имя: # {{brand.inn}} [signatures] | x');
  });

  it('is a line to write on where nothing is known', () => {
    expect(fill()).toBe('Имя: ____________');
    expect(fill(' \u200b ')).toBe('Имя: ____________');
  });
});
