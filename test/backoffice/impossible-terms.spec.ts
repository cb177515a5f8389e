import { useApp } from '../support/app.js';
import { fieldErrors, page, type Visitor } from '../support/visitor.js';

const app = useApp();
let manager: Visitor;
beforeAll(async () => (manager = await app.signInStaff(await app.world.hire('manager'))));

async function faultsAt(path: string, form: string, fields: Record<string, string>): Promise<Record<string, string>> {
  const answer = await manager.submit(path, fields, form);
  expect(answer.status).toBe(422);
  const tree = page(answer);
  const message = (name: string): string => tree.getElementById(`${name}-error`)?.text.trim() ?? '';
  return Object.fromEntries(Object.keys(fieldErrors(answer)).map((name) => [name, message(name)]));
}

describe('a promotion that could never give anything', () => {
  const plain = { title: 'Х', kind: 'multiplier', value: '2', stationChoice: 'all', stacking: 'stacking' };
  const faults = (fields: Record<string, string>) =>
    faultsAt('/admin/promotions/new', '/admin/promotions', { ...plain, ...fields });

  it.each(['firstDay', 'lastDay'])('has no %s on 30 February', async (field) => {
    expect(await faults({ [field]: '2027-02-30' })).toEqual({ [field]: 'Введите дату' });
  });

  it('does not end before it begins', async () => {
    expect(await faults({ firstDay: '2027-02-02', lastDay: '2027-02-01' })).toEqual({
      lastDay: 'Последний день раньше первого',
    });
  });

  it.each(['receiptCap', 'dayCap', 'totalCap'])('has no %s of nothing', async (field) => {
    expect(await faults({ [field]: '0' })).toEqual({ [field]: 'Введите число больше нуля или оставьте пустым' });
  });
});

describe('a segment that could never hold anybody', () => {
  const faults = (fields: Record<string, string>) =>
    faultsAt('/admin/promotions/segments', '/admin/promotions/segments', { name: 'Х', ...fields });

  it.each(['registeredFrom', 'registeredTo'])('has no %s on 30 February', async (field) => {
    expect(await faults({ [field]: '2026-02-30' })).toEqual({ [field]: 'Введите дату' });
  });

  it('has its pairs the right way round', async () => {
    expect(
      await faults({ registeredFrom: '2026-03-02', registeredTo: '2026-03-01', ageFrom: '41', ageTo: '40' }),
    ).toEqual({
      registeredTo: 'Этот день раньше первого',
      ageTo: 'Этот возраст меньше первого',
    });
  });
});

describe('an address with a day that does not exist', () => {
  it.each(['2026-02-30', '0000-01-01', '9999-12-31', 'soon'])('is read as if %s had not been said', async (day) => {
    const paths = [
      `/admin/purchases?day=${day}`,
      `/admin/reports/activity?from=${day}`,
      `/admin/reports/liability?day=${day}`,
    ];
    const accountant = await app.signInStaff(await app.world.hire('accountant'));
    for (const path of paths) expect([path, (await accountant.get(path)).status]).toEqual([path, 200]);
  });
});
