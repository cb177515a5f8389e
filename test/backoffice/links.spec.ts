import { PLAIN_TERMS } from '../../src/loyalty/promotions/promotion-terms.js';
import { Promotions } from '../../src/loyalty/promotions/promotions.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { company, companyLine } from '../companies/companies.js';
import { useApp } from '../support/app.js';
import { page } from '../support/visitor.js';

const app = useApp();

/** Something on every page: cards of a batch and of a customer, who is a company with a number, purchases with and without one, a refund, a promotion. */
beforeAll(async () => {
  const { till } = await app.world.openStation();
  const { number: card, ...person } = await app.world.activeCard(till);
  await companyLine(app, await company(app, 'ООО «Ель»', person), 'Анна Котова');
  const { body } = await till.purchase({ card, sum: '1000.00' });
  expect((await till.refund(String(body.id), { sum: '100.00' })).status).toBe(201);
  await till.purchase({ card: await app.world.sellCard(till), sum: '500.00' });
  await app.get(Promotions).draftPromotion({ ...PLAIN_TERMS, title: 'Акция' }, SYSTEM);
  // Six within the hour are more than the rule for one card lets pass unseen.
  for (let more = 0; more < 6; more++) await till.purchase({ card, sum: '10.00' });
  app.clock.shift({ minutes: 10 });
  await app.runDue();
});

/** One page stands for all of its kind. */
function kindOf(path: string): string {
  return path
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/\d{13}/g, ':number')
    .replace(/\d{4}-\d\d-\d\d/g, ':day');
}

it.each(['admin', 'manager', 'operator', 'accountant'] as const)('every link that the %s sees opens', async (role) => {
  const visitor = await app.signInStaff(await app.world.hire(role));
  const waiting: [path: string, from: string][] = [['/admin', '']];
  const seen = new Set<string>();
  const closed: string[] = [];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [path, from] = next;
    if (seen.has(kindOf(path))) continue;
    seen.add(kindOf(path));
    const answer = await visitor.get(path);
    if (![200, 303].includes(answer.status)) closed.push(`${from} → ${path}: ${answer.status}`);
    if (answer.status !== 200 || !answer.type.includes('html')) continue;
    for (const link of page(answer).querySelectorAll('a[href^="/admin"]')) {
      waiting.push([link.getAttribute('href')!.replace(/#.*$/, ''), path]);
    }
  }
  expect(closed).toEqual([]);
  expect([...seen]).toEqual(expect.arrayContaining(['/admin/purchases/:id', '/admin/customers/:id']));
  expect(seen.has('/admin/cards/:number')).toBe(role !== 'accountant');
  expect(seen.has('/admin/customers/:id/company/lines/:id')).toBe(role !== 'accountant');
});
