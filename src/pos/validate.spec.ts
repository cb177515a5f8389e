import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { readRight } from './dto-reader.js';
import { BatchDto } from './dto/batch.dto.js';
import { ConfirmDto, RefundDto } from './dto/after-sale.dto.js';
import { CashierDto, PurchaseDto } from './dto/purchase.dto.js';
import { validateBody } from './validate.js';

const right = {
  card: '2990000000017',
  receipt: { number: '1', at: '2026-11-22T12:15:00+03:00' },
  lines: [
    { category: 'fuel', sum: '1.00', name: null },
    { category: 'food', sum: '2.00', quantity: '1', price: '2.00' },
  ],
  redeem: 'max',
};
const values = fc.oneof(
  ...[fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('1.00', 'max', '1.005', 1, null, true, [], {}, [{}], [null])],
  fc.constantFrom(right.receipt, right.lines, [right.lines], [right.receipt], { 0: right.lines[0] }),
);
const names = fc.constantFrom(
  ...['card', 'receipt', 'lines', 'redeem', 'proof', 'hold', 'cashier', 'sum', 'items', 'number', 'at', 'category'],
  ...['__proto__', 'index', 'key', 'type', 'purchase', 'sku', 'name', 'price', 'quantity'],
);
/** A right body with some fields left out or changed, on top and within. */
const bodies = fc
  .record({ top: fc.dictionary(names, values, { maxKeys: 3 }), line: fc.dictionary(names, values, { maxKeys: 2 }) })
  .map(({ top, line }) => ({ ...right, lines: [right.lines[0], { ...right.lines[1], ...line }], ...top }));

test.each([PurchaseDto, ConfirmDto, RefundDto, CashierDto, BatchDto])('%p is read as class-validator would', (Dto) => {
  fc.assert(
    fc.property(fc.oneof(bodies, values), (body) => {
      if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
      const dto = plainToInstance<object, unknown>(Dto, body, { exposeUnsetFields: false });
      const faults = validateSync(dto, { whitelist: true, forbidUnknownValues: true });
      const read = readRight<object>(Dto, body);
      expect(read === null).toBe(faults.length > 0);
      if (read) expect(read).toStrictEqual(dto);
    }),
    { numRuns: 500 },
  );
});

test('what is right is read without class-validator, what is not named is left out', () => {
  const dto = readRight(PurchaseDto, { ...right, unknown: 1 });
  expect(dto).toEqual(right);
  expect(dto!.lines[0]!.constructor.name).toBe('LineDto');
  expect(() => validateBody(PurchaseDto, { ...right, redeem: '1.005' })).toThrow(
    expect.objectContaining({ fields: [{ path: 'redeem', code: 'redeem', params: {} }] }),
  );
});
