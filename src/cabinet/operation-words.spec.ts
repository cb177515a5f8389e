import type { Operation } from './operation.js';
import { lineTitle, operationNote, operationTitle } from './operation-words.js';
import type { OperationLine } from './queries/operations.queries.js';

const NBSP = '\u00a0';

function line(
  name: string | null,
  category: OperationLine['category'] = 'food',
  quantity: number | null = null,
): OperationLine {
  return { name, category, quantity, count: 1 };
}

function purchase(lines: OperationLine[], facts: Partial<Operation> = {}): Operation {
  return {
    ...{
      id: '1',
      kind: 'purchase',
      at: new Date(),
      cardNumber: null,
      station: 'АЗС № 4',
      lines,
      lineCount: lines.length,
    },
    ...{ plusHundredths: 0n, minusHundredths: 0n, totalKopecks: 100000n, ...facts },
  };
}

it.each([
  [[line('АИ-95', 'fuel', 39470)], `АИ-95, 39,47${NBSP}л`],
  [[line('АИ-92', 'fuel', 1000)], 'АИ-92'],
  [[line('Кофе'), line('Круассан')], 'Кофе и круассан'],
  [[line('Кофе'), line('АИ-95', 'fuel', 20000)], `Кофе и АИ-95, 20${NBSP}л`],
  [[line(null, 'fuel', 41905)], `Топливо, 41,905${NBSP}л`],
  [[line(' '), line(null, 'goods'), line(null, 'services')], 'Кафе и ещё 2 позиции'],
  [[], 'Покупка'],
])('is called by what was bought', (lines, title) => {
  expect(operationTitle(purchase(lines), 'ru')).toBe(title);
});

it('counts all lines, though only the dearest are named', () => {
  const many = purchase([line('АИ-95', 'fuel', 30000), line('Кофе'), line('Сок')], { lineCount: 22 });
  expect(operationTitle(many, 'ru')).toBe(`АИ-95, 30${NBSP}л и ещё 21 позиция`);
  expect(operationTitle(many, 'en')).toBe(`АИ-95, 30${NBSP}L and 21 more items`);
});

it('cuts very long names off', () => {
  expect(lineTitle(line('Ж'.repeat(300)), 'ru')).toBe(`${'Ж'.repeat(60)}…`);
});

it.each([
  [0n, `АЗС № 4 · 1${NBSP}000${NBSP}₽`],
  [100000n, 'АЗС № 4 · оплачено баллами'],
  [100n, `АЗС № 4 · 999${NBSP}₽ и 1 балл`],
])('says how %s hundredths of a point helped to pay', (minusHundredths, note) => {
  expect(operationNote(purchase([], { minusHundredths }), 'ru')).toBe(note);
});
