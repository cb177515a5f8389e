import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf } from '../support/visitor.js';
import { openOffice } from '../sims/deliveries.js';
import { newTariff, order, orderRow, sendOrder, TELECOM } from './ordering.js';

const app = useApp({ role: 'all', env: TELECOM });

const countOf = async (phone: string) =>
  (await app.database.query('select from sim_order where phone = $1', [phone])).length;

describe('the application on a tariff’s page', () => {
  it('becomes an order with a number, a page to follow it, an SMS and a mail', async () => {
    const { slug, versionId } = await newTariff(app);
    const phone = app.world.newPhone();
    const visitor = app.visitor();
    const fields = { phone, email: 'irina@example.org', wantedNumber: 'на 77-77', company: 'ООО «Ель»' };
    const answer = await sendOrder(app, visitor, slug, fields);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(/^\/orders\/[\w-]{22}$/);
    const followed = await visitor.follow(answer);
    expect(textOf(followed)).toMatch(/Заявка № \d+/);
    expect(textOf(followed)).toContain('Мы позвоним вам');
    expect(textOf(followed)).not.toContain('Ирина');
    expect(followed.headers['cache-control']).toBe('no-store');
    expect(followed.headers['x-robots-tag']).toBe('noindex');
    const [kept] = await app.database.query('select * from sim_order where phone = $1', [phone]);
    expect(kept).toMatchObject({
      ...{ state: 'new', source: 'site', tariff_version_id: versionId, consent_version: '2025-01-01', way: 'delivery' },
      ...{ company: 'ООО «Ель»', wanted_number: 'на 77-77', address: 'Псков, ул. Труда, 1', customer_id: null },
    });
    expect(await app.smsTo(phone)).toContain(`http`);
    expect(await app.smsTo('irina@example.org')).toContain('Без переплат');
    expect((await visitor.open('/legal/order?version=2025-01-01')).status).toBe(200);
  });

  it('has a consent box that nobody ticked beforehand, and does without it nothing', async () => {
    const { slug } = await newTariff(app);
    const visitor = app.visitor();
    const opened = await visitor.open(`/tariffs/${slug}`);
    expect(page(opened).querySelector('input[name="orderConsent"]')?.hasAttribute('checked')).toBe(false);
    const phone = app.world.newPhone();
    const refused = await sendOrder(app, visitor, slug, { phone, orderConsent: undefined });
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)).toHaveProperty('orderConsent');
    expect(await countOf(phone)).toBe(0);
  });

  it('says at each field what is wrong, and keeps what was typed', async () => {
    const { slug } = await newTariff(app);
    await openOffice(app);
    const wrong = { name: '', phone: '12', email: 'ирина', way: 'delivery', address: '', comment: 'после шести' };
    const refused = await sendOrder(app, app.visitor(), slug, wrong);
    expect(refused.status).toBe(422);
    expect(Object.keys(fieldErrors(refused)).sort()).toEqual(['address', 'email', 'name', 'phone']);
    expect(page(refused).querySelector('[name="comment"]')?.getAttribute('value')).toBe('после шести');
    const noOffice = await sendOrder(app, app.visitor(), slug, {
      phone: app.world.newPhone(),
      way: 'pickup',
      office: '',
    });
    expect(Object.keys(fieldErrors(noOffice))).toEqual(['office']);
  });

  it('sends foreign citizens to an office, kindly', async () => {
    const { slug } = await newTariff(app);
    const office = await openOffice(app, 'Офис на Мира');
    const phone = app.world.newPhone();
    const refused = await sendOrder(app, app.visitor(), slug, { phone, foreignCitizen: 'on' });
    expect(refused.status).toBe(422);
    expect(textOf(refused)).toContain('только в офисе');
    expect(await countOf(phone)).toBe(0);
    const taken = await order(app, { phone, foreignCitizen: 'on', way: 'pickup', office }, { slug });
    expect(await orderRow(app, taken.id)).toMatchObject({ foreign_citizen: true, way: 'pickup', office_id: office });
    expect(textOf(await taken.visitor.open(taken.path))).toContain('Офис на Мира');
  });

  it('stops programs', async () => {
    const { slug } = await newTariff(app);
    const visitor = app.visitor();
    const opened = await visitor.open(`/tariffs/${slug}`);
    const phone = app.world.newPhone();
    const whole = { name: 'Бот', phone, simKind: 'physical', way: 'delivery', address: 'Псков', orderConsent: 'on' };
    expect((await visitor.submit(opened, whole, /#order$/)).status).toBe(422);
    expect((await sendOrder(app, visitor, slug, { phone, subject: 'Деньги' })).status).toBe(422);
    expect(await countOf(phone)).toBe(0);
  });

  it('needs its token', async () => {
    const { slug } = await newTariff(app);
    const answer = await app.visitor().post(`/tariffs/${slug}`, { name: 'Ирина' }, `/tariffs/${slug}`);
    expect(answer.status).toBe(403);
  });

  it('is not taken for a tariff that is closed, nor for one that there is not', async () => {
    const { slug } = await newTariff(app);
    const visitor = app.visitor();
    const opened = await visitor.open(`/tariffs/${slug}`);
    app.clock.advance({ seconds: 5 });
    await app.database.query(`update tariff set state = 'archived', archived_at = now() where slug = $1`, [slug]);
    const phone = app.world.newPhone();
    const whole = { name: 'Ирина', phone, simKind: 'physical', way: 'delivery', address: 'Псков', orderConsent: 'on' };
    const refused = await visitor.submit(opened, whole, /#order$/);
    expect(refused.status).toBe(409);
    expect(await countOf(phone)).toBe(0);
    expect((await visitor.open('/tariffs/compare')).status).toBe(200);
  });

  it('is one order however often the button was pressed', async () => {
    const { slug } = await newTariff(app);
    const phone = app.world.newPhone();
    const visitor = app.visitor();
    const [one, two] = [await sendOrder(app, visitor, slug, { phone }), await sendOrder(app, visitor, slug, { phone })];
    expect(one.headers.location).toBe(two.headers.location);
    expect(await countOf(phone)).toBe(1);
    app.clock.advance({ hours: 1 });
    await sendOrder(app, visitor, slug, { phone });
    expect(await countOf(phone)).toBe(2);
    const other = app.world.newPhone();
    const both = [app.visitor(), app.visitor()].map((one) => sendOrder(app, one, slug, { phone: other }));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([303, 303]);
    expect(await countOf(other)).toBe(1);
  });

  it('lets whoever typed somebody else’s phone look, but not cancel', async () => {
    const mine = await order(app);
    const stranger = app.visitor();
    const joined = await sendOrder(app, stranger, mine.slug, { phone: mine.phone });
    expect(joined.headers.location).not.toBe(mine.path);
    const theirs = String(joined.headers.location);
    expect(page(await stranger.open(theirs)).querySelector('form[action$="/cancellation"]')).toBeNull();
    const token = /name="_csrf" value="([^"]+)"/.exec((await stranger.open(`/tariffs/${mine.slug}`)).text)?.[1];
    expect((await stranger.post(`${theirs}/cancellation`, { _csrf: token }, theirs)).status).toBe(409);
    expect(await orderRow(app, mine.id)).toMatchObject({ state: 'new' });
  });

  it('is limited by phone', async () => {
    const phone = app.world.newPhone();
    const { slug } = await newTariff(app);
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push((await sendOrder(app, app.visitor(), slug, { phone })).status);
    expect(answers).toEqual([303, 303, 303, 303, 303, 429]);
  });
});

describe('the page of an order', () => {
  it('cancels while nothing is agreed upon, and says so by SMS', async () => {
    const { id, path, visitor, phone, number } = await order(app);
    expect((await visitor.submit(path, {}, /cancellation$/)).status).toBe(303);
    expect(await orderRow(app, id)).toMatchObject({ state: 'cancelled' });
    expect(textOf(await visitor.open(path))).toContain('Отменена');
    expect(await app.smsTo(phone)).toContain(`№ ${number} отменена`);
  });

  it('opens for whoever has the link, and nobody else', async () => {
    expect((await app.visitor().open('/orders/AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    const { path } = await order(app);
    const reader = app.visitor();
    await reader.open('/language/en?back=/');
    expect(textOf(await reader.open(path))).toContain('What happens next');
  });
});
