import type { Line } from '../config/config.js';
import { text, type Language } from '../i18n/texts.js';
import type { LayoutName } from './page.js';
import type { StaffRole, Viewer } from './viewer.js';

interface Entry {
  path: string;
  /** A text of `common:menu`. */
  name: string;
  icon: string;
  roles?: readonly StaffRole[];
  /** Where it belongs to one line of business. */
  line?: Line;
  apart?: boolean;
  corner?: boolean;
}

export interface MenuItem {
  path: string;
  name: string;
  icon: string;
  current: boolean;
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
  { path: '/cabinet/lines', name: 'lines', icon: 'device-sim', line: 'telecom' },
  { path: '/cabinet/notifications', name: 'notifications', icon: 'bell', apart: true, corner: true },
  { path: '/cabinet/profile', name: 'profile', icon: 'user', apart: true },
];

const BACKOFFICE: Entry[] = [
  { path: '/admin', name: 'today', icon: 'inbox' },
  { path: '/admin/customers', name: 'customers', icon: 'users' },
  { path: '/admin/purchases', name: 'purchases', icon: 'receipt' },
  { path: '/admin/cards', name: 'cards', icon: 'credit-card', roles: ['admin', 'manager', 'operator'] },
  { path: '/admin/promotions', name: 'promotions', icon: 'discount', roles: ['admin', 'manager'] },
  { path: '/admin/tariffs', name: 'tariffs', icon: 'device-sim', line: 'telecom' },
  { path: '/admin/stations', name: 'stations', icon: 'gas-station', roles: ['admin', 'manager'] },
  { path: '/admin/reports', name: 'reports', icon: 'chart-bar', roles: ['admin', 'manager', 'accountant'] },
  { path: '/admin/alerts', name: 'alerts', icon: 'alert-triangle', roles: ['admin', 'manager'] },
  { path: '/admin/ledger', name: 'ledger', icon: 'scale', roles: ['admin', 'accountant'] },
  { path: '/admin/staff', name: 'staff', icon: 'id-badge-2', roles: ['admin'] },
  { path: '/admin/receipts', name: 'receipts', icon: 'file-invoice', roles: ['admin', 'manager'] },
  { path: '/admin/settings/ivr', name: 'hotline', icon: 'phone-call', roles: ['admin'] },
  { path: '/admin/audit', name: 'audit', icon: 'history', roles: ['admin'] },
];

export interface Reader {
  path: string;
  viewer: Viewer | null;
  language: Language;
  /** What this installation does. */
  lines: readonly Line[];
}

/** The menus of a layout: what exists, what this role may open, and where the reader stands. */
export function menusFor(layout: LayoutName, reader: Reader): Menus {
  const { path, viewer, language, lines } = reader;
  const shown = (entries: Entry[]): MenuItem[] => {
    const allowed = entries.filter(
      ({ roles, line }) => (!roles || (viewer?.role && roles.includes(viewer.role))) && (!line || lines.includes(line)),
    );
    const current = deepest(allowed, path);
    return allowed.map((entry) => ({
      path: entry.path,
      name: text(language, `common:menu.${entry.name}`),
      icon: entry.icon,
      current: entry === current,
      apart: entry.apart ?? false,
      corner: entry.corner ?? false,
    }));
  };
  return {
    site: layout === 'site' ? shown(SITE) : [],
    cabinet: layout === 'cabinet' ? shown(CABINET) : [],
    backoffice: layout === 'backoffice' ? shown(BACKOFFICE) : [],
  };
}

/** `/cabinet/cards/1` belongs to `/cabinet/cards`, not to `/cabinet`. */
function deepest(entries: Entry[], path: string): Entry | undefined {
  const above = entries.filter((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
  return above.sort((one, other) => other.path.length - one.path.length)[0];
}
