// Прогон по всем правилам API касс: что касса шлёт и что должна получить.
//   node docs/pos/conformance.mjs <адрес> <ключ кассы> <номер напечатанной карты> <номер активной карты>
//   node docs/pos/conformance.mjs http://localhost:3000          — в демонстрации ключ и карты найдутся сами
// Печатает по строке на правило; код выхода 1, если хоть одно не выполнено. Баллы активной карты возвращаются.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

const [address = 'http://localhost:3000', ...given] = process.argv.slice(2);
const [key, printed, active] = given.length === 3 ? given : await fromDemo();
const run = randomUUID().slice(0, 8);
let failures = 0;
let receipts = 0;

async function fromDemo() {
  const world = await (await fetch(`${address}/dev/world.json`)).json();
  return [world.terminals[0].key, world.cards.printed.at(-1), world.cards.active[0]];
}

async function now() {
  const clock = await fetch(`${address}/dev/clock`);
  // Часы демонстрации могут быть переведены; у настоящей установки время обычное.
  return clock.ok ? (await clock.json()).now : new Date().toISOString();
}

const at = await now();
const receipt = () => ({ number: `${run}-${++receipts}`, at });
const kopecks = (text) => {
  const [, sign, whole, part] = /^(-?)(\d+)\.(\d\d)$/.exec(text);
  return (sign ? -1n : 1n) * BigInt(whole + part);
};
const total = (texts) => texts.reduce((sum, text) => sum + kopecks(text), 0n);

async function call(method, path, { body, idempotencyKey = randomUUID(), authorization = `Bearer ${key}` } = {}) {
  const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
  for (const [name, value] of Object.entries(headers)) if (value === null) delete headers[name];
  const answer = await fetch(`${address}/api/pos/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
}
const get = (path, how) => call('GET', path, how);
const post = (path, body, how = {}) => call('POST', path, { body, ...how });
const buy = (body, how) => post('/purchases', { receipt: receipt(), ...body }, how);

async function rule(name, check) {
  try {
    await check();
    console.log(`  да   ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`  НЕТ  ${name}\n       ${String(error.message).split('\n').slice(0, 6).join('\n       ')}`);
  }
}

function refused({ status, headers, body }, expected, code) {
  assert.deepEqual([status, body.code], [expected, code]);
  assert.match(headers.get('content-type'), /^application\/problem\+json/);
  assert.ok([...body.title].length <= 40, `заголовок длиннее 40 знаков: ${body.title}`);
  return body;
}

function priced({ status, body }, expected = 201) {
  assert.equal(status, expected, JSON.stringify(body));
  const sums = total(body.lines.map((line) => line.sum));
  assert.equal(kopecks(body.toPay), sums - kopecks(body.redeemed), 'toPay = Σ sum − redeemed');
  assert.equal(total(body.lines.map((line) => line.discount)), kopecks(body.redeemed), 'Σ discount = redeemed');
  assert.equal(total(body.lines.map((line) => line.earned)), kopecks(body.earned), 'Σ earned по строкам = earned');
  const byRules = body.lines.flatMap((line) => line.rules.map((each) => each.points));
  assert.equal(total(byRules), kopecks(body.earned), 'Σ баллов по правилам = earned');
  assert.ok(body.slip.length > 0);
  return body;
}

const available = async (number) => (await get(`/cards/${number}`)).body.balance.available;
const fuel = (sum) => [{ category: 'fuel', sum }];
const before = await available(active);

console.log('Доступ и ключи');
await rule('без ключа кассы — 401', async () =>
  refused(await get(`/cards/${active}`, { authorization: null }), 401, 'unauthorized'),
);
await rule('запись без Idempotency-Key — 400', async () =>
  refused(await buy({ card: active, lines: fuel('1.00') }, { idempotencyKey: null }), 400, 'idempotency_key_required'),
);
await rule('испорченный JSON — 400', async () => refused(await post('/purchases', '{"card":'), 400, 'invalid_request'));
await rule('неверное поле названо по месту', async () => {
  const problem = refused(await buy({ card: active, lines: fuel('10,00') }), 400, 'invalid_request');
  assert.equal(problem.errors[0].path, 'lines[0].sum');
});
await rule('цена × количество отличаются от суммы не больше чем на копейку', async () => {
  const line = { category: 'fuel', price: '59.90', quantity: '40.523' };
  refused(await buy({ card: active, lines: [{ ...line, sum: '2400.00' }] }), 400, 'invalid_request');
  priced(
    await post('/purchases/quote', { card: active, receipt: receipt(), lines: [{ ...line, sum: '2427.33' }] }),
    200,
  );
});
await rule('неизвестная карта — 404', async () => refused(await get('/cards/2990000000000'), 404, 'card_not_found'));

console.log('Продажа карты');
await rule('до продажи карта не копит', async () =>
  refused(await buy({ card: printed, lines: fuel('100.00') }), 409, 'card_not_sold'),
);
await rule('продаётся один раз; повтор с тем же ключом — тот же ответ до байта', async () => {
  const idempotencyKey = randomUUID();
  const sold = await post(`/cards/${printed}/sale`, {}, { idempotencyKey });
  assert.equal(sold.status, 201);
  const again = await post(`/cards/${printed}/sale`, {}, { idempotencyKey });
  assert.deepEqual([again.status, again.text], [201, sold.text]);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  refused(await post(`/cards/${printed}/sale`, {}), 409, 'card_already_sold');
  refused(
    await post(`/cards/${printed}/sale`, { cashier: 'Другой' }, { idempotencyKey }),
    422,
    'idempotency_key_reused',
  );
});
await rule('копит до активации, тратит после неё', async () => {
  priced(await buy({ card: printed, lines: fuel('1000.00') }));
  refused(await buy({ card: printed, lines: fuel('100.00'), redeem: '1.00' }), 409, 'card_not_active');
});

console.log('Покупка');
await rule('расчёт ничего не меняет и предсказывает покупку', async () => {
  const body = { card: active, receipt: receipt(), lines: fuel('7531.19') };
  const quote = priced(await post('/purchases/quote', body), 200);
  assert.equal(quote.id, undefined);
  const bought = priced(await post('/purchases', body));
  assert.deepEqual([bought.earned, bought.redeemed, bought.toPay], [quote.earned, quote.redeemed, quote.toPay]);
  const refund = await post(`/purchases/${bought.id}/refunds`, { receipt: receipt(), sum: bought.toPay });
  assert.equal(refund.status, 201, refund.text);
});
await rule('скидка ложится на строки до копейки и не касается табака', async () => {
  const lines = [
    { category: 'fuel', sum: '33.33' },
    { category: 'tobacco', sum: '180.00' },
    { category: 'food', sum: '66.67' },
  ];
  const quote = priced(await post('/purchases/quote', { card: active, receipt: receipt(), lines, redeem: 'max' }), 200);
  assert.equal(quote.lines[1].discount, '0.00');
  refused(await buy({ card: active, lines, redeem: '100.01' }), 409, 'redeem_exceeds_limit');
});
await rule('чек считается один раз и под другим ключом', async () => {
  const body = { card: printed, receipt: receipt(), lines: fuel('10.00') };
  const first = priced(await post('/purchases', body));
  assert.equal(refused(await post('/purchases', body), 409, 'receipt_already_registered').id, first.id);
});
await rule('чек старше семи дней — 400', async () => {
  const old = new Date(Date.parse(at) - 8 * 86_400_000).toISOString();
  refused(await buy({ card: printed, receipt: { number: 'x', at: old }, lines: fuel('1.00') }), 400, 'invalid_request');
});

console.log('Удержание');
const funding = (await buy({ card: active, lines: fuel('50000.00') })).body;
await rule('отпустили меньше, чем разрешили: списано по факту, остальное возвращено', async () => {
  const had = kopecks(await available(active));
  const held = priced(await buy({ card: active, lines: fuel('300.00'), redeem: '200.00', hold: true }));
  assert.deepEqual([held.state, held.balance.held], ['held', '200.00']);
  assert.equal(kopecks(held.balance.available), had - 20_000n);
  const done = await post(`/purchases/${held.id}/confirm`, { lines: fuel('150.00') });
  const confirmed = priced(done, 200);
  assert.deepEqual([confirmed.state, confirmed.redeemed, confirmed.toPay], ['confirmed', '150.00', '0.00']);
  refused(await post(`/purchases/${held.id}/confirm`, {}), 409, 'purchase_not_held');
  refused(await post(`/purchases/${held.id}/cancel`, {}), 409, 'purchase_not_held');
  const line = { receipt: receipt(), lines: [{ index: 0, quantity: '1' }] };
  assert.equal((await post(`/purchases/${held.id}/refunds`, line)).status, 201);
});
await rule('отмена возвращает всё', async () => {
  const had = await available(active);
  const held = priced(await buy({ card: active, lines: fuel('300.00'), redeem: '200.00', hold: true }));
  const cancelled = await post(`/purchases/${held.id}/cancel`, {});
  assert.deepEqual([cancelled.status, cancelled.body.state, cancelled.body.balance.available], [200, 'cancelled', had]);
});

console.log('Возврат');
await rule('частями по сумме: целый возврат восстанавливает баланс до сотой', async () => {
  const had = await available(active);
  const bought = priced(await buy({ card: active, lines: fuel('1000.00'), redeem: '123.45' }));
  const give = (sum) => post(`/purchases/${bought.id}/refunds`, { receipt: receipt(), sum });
  const parts = [await give('333.33'), await give('333.33'), await give('209.89')];
  assert.deepEqual(
    parts.map(({ status }) => status),
    [201, 201, 201],
  );
  assert.equal(total(parts.map(({ body }) => body.returned)), 12_345n);
  assert.equal(total(parts.map(({ body }) => body.takenBack)), kopecks(bought.earned));
  assert.equal(await available(active), had);
  refused(await give('0.01'), 409, 'refund_exceeds_purchase');
  const { body } = await get(`/purchases/${bought.id}`);
  assert.equal(body.refunds.length, 3);
});
await rule('по строкам; одну покупку — одним способом', async () => {
  const had = await available(active);
  const lines = [
    { category: 'goods', sum: '299.97', price: '99.99', quantity: '3' },
    { category: 'food', sum: '150.00' },
  ];
  const bought = priced(await buy({ card: active, lines, redeem: '50.00' }));
  const give = (body) => post(`/purchases/${bought.id}/refunds`, { receipt: receipt(), ...body });
  assert.equal((await give({ lines: [{ index: 0, quantity: '1' }] })).status, 201);
  refused(await give({ sum: '1.00' }), 409, 'refund_kind_mixed');
  refused(await give({ lines: [{ index: 0, quantity: '2.001' }] }), 409, 'refund_exceeds_purchase');
  const rest = [
    { index: 0, quantity: '2' },
    { index: 1, quantity: '1' },
  ];
  assert.equal((await give({ lines: rest })).status, 201);
  assert.equal(await available(active), had);
});

console.log('Без связи');
await rule('пачка: по порядку, ссылка на покупку по её ключу, повтор не удваивает', async () => {
  const had = await available(active);
  const [purchaseKey, refundKey] = [randomUUID(), randomUUID()];
  const bought = { card: active, receipt: receipt(), lines: fuel('500.00') };
  const items = [
    { key: purchaseKey, call: 'purchase', body: bought },
    { key: refundKey, call: 'refund', body: { purchaseKey, receipt: receipt(), sum: '500.00' } },
    { key: randomUUID(), call: 'sale', body: { card: printed } },
  ];
  const first = await post('/batches', { items }, { idempotencyKey: null });
  assert.equal(first.status, 200, first.text);
  assert.deepEqual(
    first.body.results.map(({ status }) => status),
    [201, 201, 409],
  );
  const again = await post('/batches', { items }, { idempotencyKey: null });
  assert.deepEqual(again.body.results, first.body.results);
  const online = await post('/purchases', bought, { idempotencyKey: purchaseKey });
  assert.deepEqual(online.body, first.body.results[0].body);
  assert.equal(await available(active), had);
});

await rule('пачка: неверный элемент отвечает 400 сам, остальные выполняются', async () => {
  const good = { key: randomUUID(), call: 'sale', body: { card: printed } };
  const wrong = [
    { ...good, key: 'ключ' },
    { call: 'sale', body: {} },
    { ...good, call: 'quote' },
    { ...good, body: null },
    5,
  ];
  const { status, body } = await post('/batches', { items: [...wrong, good] }, { idempotencyKey: null });
  assert.equal(status, 200);
  assert.deepEqual(
    body.results.map((result) => result.status),
    [400, 400, 400, 400, 400, 409],
  );
  assert.deepEqual(
    body.results.map(({ key }) => key),
    ['ключ', null, good.key, good.key, null, good.key],
  );
  assert.equal(body.results[0].body.code, 'invalid_request');
  refused(await post('/batches', { items: 'all' }, { idempotencyKey: null }), 400, 'invalid_request');
  const many = Array.from({ length: 501 }, () => good);
  refused(await post('/batches', { items: many }, { idempotencyKey: null }), 400, 'invalid_request');
});

await rule('после прогона у активной карты столько же баллов, сколько было', async () => {
  const refund = await post(`/purchases/${funding.id}/refunds`, { receipt: receipt(), sum: '50000.00' });
  assert.equal(refund.status, 201, refund.text);
  assert.equal(await available(active), before);
});

console.log(failures === 0 ? '\nВсё по правилам.' : `\nНе выполнено правил: ${failures}`);
process.exitCode = failures === 0 ? 0 : 1;
