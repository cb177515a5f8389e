import { menusFor } from './menus.js';
import type { StaffRole, Viewer } from './viewer.js';
import type { Line } from '../config/config.js';

const lines: Line[] = ['loyalty', 'telecom'];
const staff = (role: StaffRole): Viewer => ({ kind: 'staff', id: '1', name: 'Анна', role });

function current(layout: 'cabinet' | 'backoffice', path: string): string[] {
  const menu = menusFor(layout, { path, viewer: staff('admin'), language: 'ru', lines })[layout];
  return menu.filter((entry) => entry.current).map((entry) => entry.path);
}

it('marks the section that a page belongs to, and it alone', () => {
  expect(current('cabinet', '/cabinet')).toEqual(['/cabinet']);
  expect(current('cabinet', '/cabinet/cards/1')).toEqual(['/cabinet/cards']);
  expect(current('cabinet', '/cabinet/orders')).toEqual(['/cabinet/lines']);
  expect(current('cabinet', '/cabinet/notifications')).toEqual(['/cabinet/notifications']);
  expect(current('backoffice', '/admin/stations/1/edit')).toEqual(['/admin/stations']);
});

it('shows a role what it may open', () => {
  const paths = (role: StaffRole) =>
    menusFor('backoffice', { path: '/admin', viewer: staff(role), language: 'ru', lines }).backoffice.map(
      ({ path }) => path,
    );
  expect(paths('admin')).toContain('/admin/staff');
  expect(paths('operator')).not.toContain('/admin/staff');
  expect(paths('accountant')).not.toContain('/admin/stations');
});

it('leaves out what belongs to a line that this installation does not have', () => {
  const site = (having: Line[]) =>
    menusFor('site', { path: '/', viewer: null, language: 'ru', lines: having }).site.map(({ path }) => path);
  expect(site(['telecom'])).toContain('/tariffs');
  expect(site(['loyalty'])).not.toContain('/tariffs');
});
