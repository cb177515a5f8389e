import { CustomerMerging } from '../../src/loyalty/merging/merging.service.js';
import { customer, customerWithPassword, PASSWORD } from '../auth/people.js';
import { useApp } from '../support/app.js';
import { textOf } from '../support/visitor.js';
import { company, companyLine, lineRow } from './companies.js';

const app = useApp();

const merge = async (fromId: string, intoId: string) =>
  app.get(CustomerMerging).merge({ fromId, intoId, staffId: (await app.world.hire('manager')).id });

describe('customers who are merged', () => {
  it('leave the survivor the company with its numbers and days', async () => {
    const [from, into] = [await company(app, 'ООО «Ель»'), await customer(app)];
    const line = await companyLine(app, from, 'Анна Котова');
    const before = await lineRow(app, line.lineId);
    await merge(from.customerId, into.customerId);
    const visitor = await app.signInCustomer(into);
    const shown = textOf(await visitor.open('/cabinet/company'));
    expect(shown).toContain('ООО «Ель»');
    expect(shown).toContain('Анна Котова');
    expect(await lineRow(app, line.lineId)).toEqual(before);
  });

  it('stay two where both are companies, and the clerk is told why', async () => {
    const [from, into] = [await company(app), await company(app)];
    await expect(merge(from.customerId, into.customerId)).rejects.toMatchObject({ code: 'merge_two_companies' });
    const manager = await app.signInStaff(await app.world.hire('manager'));
    const path = `/admin/customers/${into.customerId}/merge/${from.customerId}`;
    const answer = await manager.submit(path, {}, path);
    expect([answer.status, textOf(answer)]).toEqual([409, expect.stringContaining('Это две разные компании')]);
    const rows = await app.database.query('select customer_id from company where closed_at is null and inn = any($1)', [
      [from.inn, into.inn],
    ]);
    expect(rows).toHaveLength(2);
  });
});

describe('taking one’s own data away', () => {
  it('holds the company, and who uses its numbers', async () => {
    const person = await customerWithPassword(app);
    const owner = await company(app, 'ООО «Ель»', person);
    const line = await companyLine(app, owner, 'Анна Котова');
    await company(app, 'ООО «Чужая»');
    const visitor = await app.signInCustomer({ phone: person.phone, password: PASSWORD });
    const path = '/cabinet/profile/export';
    const file = await visitor.submit(path, { password: PASSWORD, format: 'json' }, path);
    const { parts } = JSON.parse(file.text) as { parts: Record<string, Record<string, unknown>[]> };
    expect(parts['companies']).toEqual([
      expect.objectContaining({ name: 'ООО «Ель»', inn: owner.inn, closedAt: null }),
    ]);
    expect(parts['lines']).toEqual([
      expect.objectContaining({ phone: line.number, usedBy: 'Анна Котова', userKind: 'person', esia: 'to_do' }),
    ]);
    expect(file.text).not.toContain('Чужая');
  });
});
