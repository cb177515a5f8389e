import { menusFor } from './menus.js';
import type { StaffRole, Viewer } from './viewer.js';

const staff = (role: StaffRole): Viewer => ({ kind: 'staff', id: '1', name: 'Анна', role });

function current(layout: 'cabinet' | 'backoffice', path: string): string[] {
  const menu = menusFor(layout, path, staff('admin'), 'ru')[layout];
  return menu.filter((entry) => entry.current).map((entry) => entry.path);
}

it('marks the section that a page belongs to, and it alone', () => {
  expect(current('cabinet', '/cabinet')).toEqual(['/cabinet']);
  expect(current('cabinet', '/cabinet/cards/1')).toEqual(['/cabinet/cards']);
  expect(current('cabinet', '/cabinet/notifications')).toEqual(['/cabinet/notifications']);
  expect(current('backoffice', '/admin/stations/1/edit')).toEqual(['/admin/stations']);
});

it('shows a role what it may open', () => {
  const paths = (role: StaffRole) =>
    menusFor('backoffice', '/admin', staff(role), 'ru').backoffice.map(({ path }) => path);
  expect(paths('admin')).toContain('/admin/staff');
  expect(paths('operator')).not.toContain('/admin/staff');
  expect(paths('accountant')).not.toContain('/admin/stations');
});
