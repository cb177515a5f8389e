import request from 'supertest';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { type ProductProcess, useProcesses } from '../support/process.js';
import { Visitor } from '../support/visitor.js';

const processes = useProcesses();
const database = useDatabase();
const browser = useBrowser();
let product: ProductProcess;
beforeAll(async () => {
  product = await processes.start({ databaseUrl: database.url, env: { DEMO: '1' } });
}, 60_000);

it('shoots', async () => {
  const world = (await request(product.url).get('/dev/world.json')).body;
  const clerk = new Visitor(product.url);
  const operator = world.staff.find((s: any) => s.role === 'operator');
  await clerk.submit('/admin/session/new', { email: operator.email, password: operator.password }, '/admin/session');
  const customer = new Visitor(product.url);
  await customer.submit('/session/new', { phone: world.customers[0].phone, password: world.customers[0].password }, '/session');
  const orders = await database.query<any>('select id, state from sim_order order by number');
  const byState = (s: string) => orders.find((o: any) => o.state === s).id;
  const lines = await customer.open('/cabinet/lines');
  const line = /href="(\/cabinet\/lines\/[^"]+)"/.exec(lines.text)![1]!;
  const own = await customer.open('/cabinet/orders');
  const followed = /href="(\/orders\/[^"]+)"/.exec(own.text)![1]!;
  const [t] = await database.query<any>(`select t.slug from tariff t join operator o on o.id=t.operator_id where o.code='megafon' and t.state='published' limit 1`);
  // an order in delivery of a stranger, followed
  const shots: [string, string, Visitor | null][] = [
    ['tariff', `/tariffs/${t.slug}#order`, null],
    ['followed', followed, null],
    ['list', '/admin/orders', clerk],
    ['order-new', `/admin/orders/${byState('new')}`, clerk],
    ['order-called', `/admin/orders/${byState('called')}`, clerk],
    ['order-agreed', `/admin/orders/${byState('agreed')}`, clerk],
    ['order-delivery', `/admin/orders/${byState('in_delivery')}`, clerk],
    ['order-handed', `/admin/orders/${byState('handed_over')}`, clerk],
    ['cabinet-orders', '/cabinet/orders', customer],
    ['cabinet-lines', '/cabinet/lines', customer],
    ['cabinet-line', line, customer],
  ];
  for (const width of [390, 1280])
    {for (const theme of ['light', 'dark'] as const)
      {for (const [name, path, who] of shots) {
        if (theme === 'dark' && !/tariff|followed|order-agreed|^list/.test(name)) continue;
        const page = await browser.open({ baseUrl: product.url, width, theme });
        if (who) await page.context().addCookies(who.cookies());
        await page.goto(path);
        const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
        if (wide) console.log('wide', name, width);
        await page.screenshot({ path: `/tmp/oshots/${name}-${width}-${theme}.png`, fullPage: true });
        await page.context().close();
      }}}
}, 300_000);
