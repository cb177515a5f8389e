import { useApp } from '../support/app.js';
import { customerWithPassword, PASSWORD } from './people.js';

const app = useApp();

describe('the audit log', () => {
  it('tells of log-ins, refusals, codes and passwords, without a phone, a password or a code', async () => {
    const { phone, customerId } = await customerWithPassword(app);
    await app.visitor().submit('/session/new', { phone, password: 'не тот' }, '/session');
    await app.signInCustomer({ phone, password: PASSWORD });
    await app.signInCustomer({ phone });
    const code = await app.codeSentTo(phone);
    const rows = await app.database.query<{ action: string; ip: string }>('select * from audit_log order by seq');
    const told = rows.filter((row) => JSON.stringify(row).includes(customerId)).map(({ action }) => action);
    expect(told).toEqual(
      expect.arrayContaining([
        'customer.registered',
        'login.password_set',
        'login.refused',
        'login.logged_in',
        'login.code_sent',
      ]),
    );
    for (const secret of [phone.slice(1), PASSWORD, code]) expect(JSON.stringify(rows)).not.toContain(secret);
    expect(rows.find(({ action }) => action === 'login.refused')?.ip).toMatch(/127\.0\.0\.1/);
  });

  it('only grows', async () => {
    await expect(app.database.query('delete from audit_log')).rejects.toThrow('only grows');
    await expect(app.database.query(`update audit_log set action = 'x'`)).rejects.toThrow('only grows');
  });
});
