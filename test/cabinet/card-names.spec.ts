import { CardReplacements } from '../../src/cards/replacements/card-replacements.service.js';
import { Database } from '../../src/infra/database/database.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();

interface Owner {
  visitor: Visitor;
  plastic: string;
  virtual: string;
  customerId: string;
}

/** Somebody with a plastic card and a virtual one. */
async function owner(): Promise<Owner> {
  const { number, customerId, phone } = await app.world.activeCard(await app.world.openTill());
  const virtual = await app.get(VirtualCards).issueVirtualCard(customerId);
  return { visitor: await app.signInCustomer({ phone }), plastic: number, virtual, customerId };
}

const nicknameOf = async (number: string) =>
  (await app.database.query<{ nickname: string | null }>('select nickname from card where number = $1', [number]))[0]!
    .nickname;

it('is given, seen in the list, on the card and by staff, changed and taken away', async () => {
  const { visitor, plastic, virtual, customerId } = await owner();
  const path = `/cabinet/cards/${plastic}/name`;
  const shown = page(await visitor.open(`/cabinet/cards/${plastic}`));
  expect(shown.querySelector(`a[href="${path}"]`)?.text).toContain('Назвать карту');
  const named = await visitor.follow(await visitor.submit(path, { nickname: '  Мамина   «Лада» ' }));
  expect(textOf(named)).toContain('Название сохранено');
  expect(page(named).querySelector('.scan__name')?.text).toBe('Мамина «Лада»');
  const list = page(await visitor.open(`/cabinet/cards/${virtual}`));
  expect(list.querySelector(`a[href="/cabinet/cards/${plastic}"]`)?.text).toContain('Мамина «Лада»');

  const clerk = await app.signInStaff(await app.world.hire('operator'));
  expect(textOf(await clerk.open(`/admin/customers/${customerId}`))).toContain('Мамина «Лада» · Пластиковая');
  const desk = textOf(await clerk.open(`/admin/cards/${plastic}`));
  expect(desk).toMatch(/Название у клиента\s*Мамина «Лада»/);

  const again = page(await visitor.open(path));
  expect(again.querySelector('[name="nickname"]')?.getAttribute('value')).toBe('Мамина «Лада»');
  expect(textOf(await visitor.follow(await visitor.submit(path, { nickname: ' ' })))).toContain('Название убрано');
  expect(await nicknameOf(plastic)).toBeNull();
  const facts = await app.database.query(`select facts from audit_log where action = 'card.named' order by seq`);
  expect(facts).toEqual([{ facts: { named: true } }, { facts: { named: false } }]);
});

it('has at most forty characters that can be seen', async () => {
  const { visitor, plastic } = await owner();
  const path = `/cabinet/cards/${plastic}/name`;
  const long = await visitor.submit(path, { nickname: 'я'.repeat(41) });
  expect([long.status, Object.keys(fieldErrors(long))]).toEqual([422, ['nickname']]);
  expect(page(long).querySelector('[name="nickname"]')?.getAttribute('value')).toBe('я'.repeat(41));
  expect((await visitor.submit(path, { nickname: 'a\u202eb\u0000' })).status).toBe(303);
  expect(await nicknameOf(plastic)).toBe('ab');
  expect((await visitor.submit(path, { nickname: 'я'.repeat(40) })).status).toBe(303);
  const script = '<script>alert(1)</script>';
  const shown = await visitor.follow(await visitor.submit(path, { nickname: script }));
  expect(shown.text).not.toContain(script);
});

it('is the owner’s alone to give, and only while the card may work', async () => {
  const [mine, other] = [await owner(), await owner()];
  expect((await mine.visitor.get(`/cabinet/cards/${other.plastic}/name`)).status).toBe(404);
  const form = await mine.visitor.open(`/cabinet/cards/${mine.plastic}/name`);
  const _csrf = page(form).querySelector('[name="_csrf"]')!.getAttribute('value')!;
  const foreign = await mine.visitor.post(`/cabinet/cards/${other.plastic}/name`, { _csrf, nickname: 'Чужая' });
  expect([foreign.status, await nicknameOf(other.plastic)]).toEqual([404, null]);

  await mine.visitor.submit(form, { nickname: 'В машине' });
  const [next = ''] = await app.world.printCards();
  const replacing = { old: mine.plastic, next, reason: 'damaged', actor: SYSTEM } as const;
  await app.get(Database).transaction((sql) => app.get(CardReplacements).replaceByPlastic(sql, replacing));
  expect(await nicknameOf(next)).toBe('В машине');
  expect((await mine.visitor.get(`/cabinet/cards/${mine.plastic}/name`)).status).toBe(404);
});
