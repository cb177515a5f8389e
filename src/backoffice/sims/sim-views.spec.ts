import { previewCells, simActions } from './sim-views.js';

it('a preview hides what is secret in a row, whatever column it was put in', () => {
  const row = ['8970199123456789016F', '+79211234567', 'Простой', '1234', '12345678', 'LPA:1$rsp.example.ru$K2', '250'];
  const shown = ['897019912345678••••', '+79211234567', 'Простой', '••••', '••••', '••••', '250'];
  expect(previewCells(row, ['iccid', 'number', 'tariff', 'pin1', 'puk1', 'lpa', 'price'])).toEqual(shown);
  expect(previewCells(row, [null, null, null, null, null, null, 'price'])).toEqual(shown);
  expect(previewCells(['', ''], ['pin1', null])).toEqual(['', '']);
});

it('an operator hands cards on, a manager writes them off', () => {
  expect(simActions('in_stock', 'operator')).toEqual({ move: true, writeOff: false, restock: false, reveal: false });
  expect(simActions('in_stock', 'manager')).toEqual({ move: true, writeOff: true, restock: false, reveal: true });
  expect(simActions('returned', 'admin')).toEqual({ move: true, writeOff: true, restock: true, reveal: true });
  expect(simActions('reserved', 'admin')).toMatchObject({ move: true, writeOff: false });
  expect(simActions('assigned', 'admin')).toMatchObject({ move: false, writeOff: false });
});
