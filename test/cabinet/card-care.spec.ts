import { CardBlocks } from '../../src/cards/blocks/card-blocks.service.js';
import { Database } from '../../src/infra/database/database.js';
import { VirtualCards } from '../../src/loyalty/activation/virtual-cards.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import type { Response } from 'supertest';
import { useApp } from '../support/app.js';
import type { Pos } from '../support/pos.js';
import { page, type Visitor } from '../support/visitor.js';
import { buy, wordsOf } from './shopping.js';

const app = useApp();
let till: Pos;

beforeAll(async () => {
  till = await app.world.openTill();
});

interface Holder {
  visitor: Visitor;
  number: string;
  customerId: string;
  phone: string;
}

async function holder(): Promise<Holder> {
  const card = await app.world.activeCard(till);
  return { visitor: await app.signInCustomer({ phone: card.phone }), ...card };
}

/** Forms that may grow old before they are sent. */
async function openSteps(visitor: Visitor, number: string, steps: readonly string[]): Promise<Response[]> {
  const forms: Response[] = [];
  for (const step of steps) forms.push(await visitor.open(`/cabinet/cards/${number}/${step}`));
  return forms;
}

async function expectLedToCard(visitor: Visitor, number: string, step: string): Promise<void> {
  const { status, headers } = await visitor.get(`/cabinet/cards/${number}/${step}`);
  expect([step, status, headers.location]).toEqual([step, 303, `/cabinet/cards/${number}`]);
}

async function stateOf(number: string): Promise<string> {
  return String((await till.card(number)).body.state);
}

describe('a customer', () => {
  it('blocks a card of theirs at once and unblocks it, each in two steps', async () => {
    const { visitor, number } = await holder();
    const asked = await visitor.open(`/cabinet/cards/${number}/block`);
    expect(wordsOf(asked)).toContain('Заблокировать карту?');
    expect(await stateOf(number)).toBe('active');
    const shown = await visitor.follow(await visitor.submit(asked, { reason: 'stolen' }));
    expect(wordsOf(shown)).toContain('Вы заблокировали её сами');
    expect((await till.purchase({ card: number })).body).toMatchObject({ code: 'card_blocked' });

    const back = await visitor.follow(await visitor.submit(`/cabinet/cards/${number}/unblock`));
    expect(page(back).querySelector('.scan')).not.toBeNull();
    expect((await till.purchase({ card: number })).status).toBe(201);
    const blocks = await app.database.query(
      `select reason, actor_kind, lifted_by_kind from card_block where card_number = $1`,
      [number],
    );
    expect(blocks).toEqual([{ reason: 'stolen', actor_kind: 'customer', lifted_by_kind: 'customer' }]);
  });

  it('reaches no card of another, and says why', async () => {
    const { visitor, number } = await holder();
    const other = await holder();
    for (const step of ['block', 'unblock', 'virtual']) {
      expect((await visitor.get(`/cabinet/cards/${other.number}/${step}`)).status).toBe(404);
      const form = await visitor.open(`/cabinet/cards/${number}/block`);
      const _csrf = page(form).querySelector('[name="_csrf"]')?.getAttribute('value') ?? '';
      const answer = await visitor.post(`/cabinet/cards/${other.number}/${step}`, { _csrf, reason: 'lost' });
      expect([step, answer.status]).toEqual([step, 404]);
    }
    expect(await stateOf(other.number)).toBe('active');
    const refused = await visitor.submit(`/cabinet/cards/${number}/block`, { reason: 'fraud' });
    expect(refused.status).toBe(422);
    expect(page(refused).querySelector('[data-problems] a[href="#reason"]')).not.toBeNull();
  });

  it('does not unblock or get around what others blocked', async () => {
    const { visitor, number } = await holder();
    await visitor.submit(`/cabinet/cards/${number}/block`, { reason: 'lost' });
    const forms = await openSteps(visitor, number, ['unblock', 'virtual']);
    // The network takes the block over.
    const blocks = app.get(CardBlocks);
    await app.get(Database).transaction((sql) => blocks.block(sql, { number, actor: SYSTEM, reason: 'fraud' }));
    expect(wordsOf(await visitor.open(`/cabinet/cards/${number}`))).toContain('Эта карта заблокирована');
    for (const form of forms) {
      const refused = await visitor.submit(form);
      expect(refused.status).toBe(409);
      expect(wordsOf(refused)).toContain('Карту заблокировала сеть');
    }
    // What cannot be done is not asked.
    for (const step of ['block', 'unblock', 'virtual']) await expectLedToCard(visitor, number, step);
    expect(await stateOf(number)).toBe('blocked');
  });

  it('replaces a lost card by a virtual one; points and purchases stay', async () => {
    const { visitor, number } = await holder();
    await buy(till, { card: number, sum: '1000.00' });
    const stale = await openSteps(visitor, number, ['block', 'virtual']);
    const done = await visitor.submit(`/cabinet/cards/${number}/virtual`);
    const next = done.headers.location!.split('/').at(-1)!;
    expect(page(await visitor.follow(done)).querySelector('.scan')).not.toBeNull();
    expect((await till.purchase({ card: number })).body).toMatchObject({ code: 'card_blocked' });
    expect((await till.card(next)).body).toMatchObject({ kind: 'virtual', balance: { available: '10.00' } });
    expect(wordsOf(await visitor.open('/cabinet/points'))).toContain('Начислено +10 ');
    expect(wordsOf(await visitor.open('/cabinet/points'))).toContain('Топливо АЗС № 1');
    // The old number is done with.
    for (const form of stale) {
      expect((await visitor.submit(form, form === stale[0] ? { reason: 'lost' } : {})).status).toBe(409);
    }
    for (const step of ['block', 'unblock', 'virtual']) await expectLedToCard(visitor, number, step);
  });

  it('is told to block plastic where there is a virtual card already', async () => {
    const { visitor, number, customerId } = await holder();
    const [form] = await openSteps(visitor, number, ['virtual']);
    await app.get(VirtualCards).issueVirtualCard(customerId);
    const shown = page(await visitor.open(`/cabinet/cards/${number}`));
    expect(shown.querySelector(`a[href="/cabinet/cards/${number}/virtual"]`)).toBeNull();
    expect(shown.querySelector(`a[href="/cabinet/cards/${number}/block"]`)).not.toBeNull();
    const refused = await visitor.submit(form!);
    expect(refused.status).toBe(409);
    expect(wordsOf(refused)).toContain('Виртуальная карта уже есть');
    expect(await stateOf(number)).toBe('active');
  });

  it('on a new phone changes the number and leaves the old phone outside, or not', async () => {
    const { visitor: oldPhone, customerId, phone } = await holder();
    const virtual = await app.get(VirtualCards).issueVirtualCard(customerId);
    // The next SMS would have to wait a minute.
    await app.database.query('delete from rate_limit');
    const newPhone = await app.signInCustomer({ phone });
    expect(wordsOf(await newPhone.open('/cabinet/cards'))).toContain('Телефон потерян? Сменить номер карты');
    const kept = await newPhone.submit(`/cabinet/cards/${virtual}/reissue`, { onlyHere: undefined });
    expect((await oldPhone.get('/cabinet')).status).toBe(200);
    const next = kept.headers.location!.split('/').at(-1)!;
    await newPhone.submit(`/cabinet/cards/${next}/reissue`);
    expect((await newPhone.get('/cabinet')).status).toBe(200);
    expect((await oldPhone.get('/cabinet')).status).toBe(303);
  });
});
