import type { Line } from '../config/config.js';
import { text, type Language } from '../i18n/texts.js';
import type { LayoutName } from './page.js';
import type { StaffRole, Viewer } from './viewer.js';

interface Entry {
  path: string;
  /** Other addresses that belong to it. */
  also?: readonly string[];
  /** A text of `common:menu`. */
  name: string;
  icon: string;
  roles?: readonly StaffRole[];
  /** Where it belongs to one line of business. */
  line?: Line;
  /** Under which heading it stands: a text of `common:menuGroups`. */
  group?: 'programme' | 'telecom' | 'house';
  apart?: boolean;
  corner?: boolean;
}

export interface MenuItem {
  path: string;
  name: string;
  icon: string;
  current: boolean;
  /** Above the first entry of a group. */
  heading: string | null;
  /** On wide screens it stands in the top bar on its own. */
  apart: boolean;
  /** An icon in the top bar of every width, and no tab. */
  corner: boolean;
}

export interface Menus {
  site: MenuItem[];
  cabinet: MenuItem[];
  backoffice: MenuItem[];
}

const SITE: Entry[] = [
  { path: '/tariffs', name: 'tariffs', icon: 'device-sim', line: 'telecom' },
  { path: '/cards/activate', name: 'activate', icon: 'credit-card' },
  { path: '/cards/virtual', name: 'virtual', icon: 'device-mobile' },
  { path: '/help', name: 'help', icon: 'help' },
  { path: '/contacts', name: 'contacts', icon: 'phone' },
];

const CABINET: Entry[] = [
  { path: '/cabinet', name: 'home', icon: 'home' },
  { path: '/cabinet/cards', name: 'card', icon: 'scan' },
  { path: '/cabinet/points', name: 'operations', icon: 'list-details' },
  {
    path: '/cabinet/lines',
    name: 'lines',
    icon: 'device-sim',
    line: 'telecom',
    also: ['/cabinet/orders', '/cabinet/company'],
  },
  { path: '/cabinet/notifications', name: 'notifications', icon: 'bell', apart: true, corner: true },
  { path: '/cabinet/profile', name: 'profile', icon: 'user', apart: true },
];

/** Who runs orders and answers customers, and who decides what is sold. */
const DESK: readonly StaffRole[] = ['admin', 'manager', 'operator'];
const MAKERS: readonly StaffRole[] = ['admin', 'manager'];

const BACKOFFICE: Entry[] = [
  { path: '/admin', name: 'today', icon: 'inbox' },
  { path: '/admin/customers', name: 'customers', icon: 'users' },
  { path: '/admin/callbacks', name: 'callbacks', icon: 'phone-outgoing', roles: DESK },
  { path: '/admin/orders', name: 'orders', icon: 'clipboard-list', roles: DESK, line: 'telecom' },

  { path: '/admin/purchases', name: 'purchases', icon: 'receipt', group: 'programme' },
  { path: '/admin/cards', name: 'cards', icon: 'credit-card', roles: DESK, group: 'programme' },
  { path: '/admin/promotions', name: 'promotions', icon: 'discount', roles: MAKERS, group: 'programme' },
  { path: '/admin/receipts', name: 'receipts', icon: 'file-invoice', roles: MAKERS, group: 'programme' },
  { path: '/admin/stations', name: 'stations', icon: 'gas-station', roles: MAKERS, group: 'programme' },
  { path: '/admin/ledger', name: 'ledger', icon: 'scale', roles: ['admin', 'accountant'], group: 'programme' },

  { path: '/admin/tariffs', name: 'tariffs', icon: 'device-sim', line: 'telecom', group: 'telecom' },
  { path: '/admin/sims', name: 'sims', icon: 'cpu', roles: DESK, line: 'telecom', group: 'telecom' },
  { path: '/admin/companies', name: 'companies', icon: 'building', roles: DESK, line: 'telecom', group: 'telecom' },
  { path: '/admin/papers', name: 'papers', icon: 'file-text', roles: MAKERS, line: 'telecom', group: 'telecom' },

  {
    path: '/admin/reports',
    name: 'reports',
    icon: 'chart-bar',
    roles: ['admin', 'manager', 'accountant'],
    group: 'house',
  },
  { path: '/admin/alerts', name: 'alerts', icon: 'alert-triangle', roles: MAKERS, group: 'house' },
  { path: '/admin/staff', name: 'staff', icon: 'id-badge-2', roles: ['admin'], group: 'house' },
  { path: '/admin/settings/ivr', name: 'hotline', icon: 'phone-call', roles: ['admin'], group: 'house' },
  { path: '/admin/audit', name: 'audit', icon: 'history', roles: ['admin'], group: 'house' },
];

export interface Reader {
  path: string;
  viewer: Viewer | null;
  language: Language;
  /** What this installation does. */
  lines: readonly Line[];
}

/** Parts of an area that not everybody may open who may open the area. */
const CLOSED: Pick<Entry, 'path' | 'roles'>[] = [
  { path: '/admin/cards/batches', roles: MAKERS },
  { path: '/admin/alerts/limits', roles: ['admin'] },
  { path: '/admin/tariffs/new', roles: MAKERS },
  { path: '/admin/tariffs/imports', roles: MAKERS },
  { path: '/admin/sims/import', roles: MAKERS },
  { path: '/admin/sims/offices', roles: MAKERS },
];

/** Whether a member of staff may follow a link into the back office: pages show no others. */
export function mayOpen(path: string, viewer: Viewer | null): boolean {
  const place = deepest([...BACKOFFICE, ...CLOSED], path);
  if (!place || !viewer?.role) return false;
  return !place.roles || place.roles.includes(viewer.role);
}

/** The menus of a layout: what exists, what this role may open, and where the reader stands. */
export function menusFor(layout: LayoutName, reader: Reader): Menus {
  const { path, viewer, language, lines } = reader;
  const shown = (entries: Entry[]): MenuItem[] => {
    const allowed = entries.filter(
      ({ roles, line }) => (!roles || (viewer?.role && roles.includes(viewer.role))) && (!line || lines.includes(line)),
    );
    const current = deepest(allowed, path);
    return allowed.map((entry, n) => ({
      path: entry.path,
      name: text(language, `common:menu.${entry.name}`),
      icon: entry.icon,
      current: entry === current,
      apart: entry.apart ?? false,
      corner: entry.corner ?? false,
      heading: headingOf(entry, allowed[n - 1], language),
    }));
  };
  return {
    site: layout === 'site' ? shown(SITE) : [],
    cabinet: layout === 'cabinet' ? shown(CABINET) : [],
    backoffice: layout === 'backoffice' ? shown(BACKOFFICE) : [],
  };
}

/** The first entry of a group has its name above it. */
function headingOf({ group }: Entry, before: Entry | undefined, language: Language): string | null {
  return group && group !== before?.group ? text(language, `common:menuGroups.${group}`) : null;
}

/** `/cabinet/cards/1` belongs to `/cabinet/cards`, not to `/cabinet`. */
function deepest<T extends Pick<Entry, 'path' | 'also'>>(entries: readonly T[], path: string): T | undefined {
  const reach = ({ path: own, also }: T): number =>
    Math.max(...[own, ...(also ?? [])].map((root) => (path === root || path.startsWith(`${root}/`) ? root.length : 0)));
  const [nearest] = entries.toSorted((one, other) => reach(other) - reach(one));
  return nearest && reach(nearest) > 0 ? nearest : undefined;
}
