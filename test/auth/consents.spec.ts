import { useApp } from '../support/app.js';
import { page, textOf } from '../support/visitor.js';
import { customerWithPassword, PASSWORD } from './people.js';

const app = useApp();
const REGISTER = '/cabinet/profile/consents';

describe('the register of consents', () => {
  it('shows each with its text, and those to mailings given and withdrawn', async () => {
    const { phone, customerId } = await customerWithPassword(app);
    const visitor = await app.signInCustomer({ phone, password: PASSWORD });
    expect((await visitor.submit(REGISTER, { mailings: 'on' }, '/cabinet/profile/mailings')).headers.location).toBe(
      REGISTER,
    );
    const given = await visitor.get(REGISTER);
    const links = page(given)
      .querySelectorAll('.agreed a')
      .map((link) => link.getAttribute('href') ?? '');
    expect(links).toContain('/legal/mailings?version=2025-01-01');
    for (const link of links) expect((await visitor.get(link)).status).toBe(200);
    await visitor.submit(REGISTER, { mailings: 'off' }, '/cabinet/profile/mailings');
    expect(textOf(await visitor.get(REGISTER))).toContain('Отозвано');
    const rows = await app.database.query(
      `select from consent where customer_id = $1 and kind = 'mailings' and withdrawn_at is not null`,
      [customerId],
    );
    expect(rows).toHaveLength(1);
  });
});
