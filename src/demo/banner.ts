import { formatPhone } from '../shared/phone.js';
import type { World } from './world.js';

/** Demo log-ins for the terminal in which the product was started. */
export function bannerOf({ staff, customers, terminals, cashiers = [] }: World): string[] {
  const rows: [string, string][] = staff.map(({ role, email, password }) => [role, `${email}  ${password}`]);
  const [customer] = customers;
  const [terminal] = terminals;
  const [cashier] = cashiers;
  if (customer) rows.unshift(['customer', `${formatPhone(customer.phone)}  ${customer.password}`]);
  if (terminal) rows.push([`till of ${terminal.station}`, terminal.key]);
  if (cashier) rows.push(['cashier', `${cashier.name}  PIN ${cashier.pin} (/till)`]);
  return [
    'Demo log-ins (all of them, messages and the clock: /dev)',
    ...rows.map(([name, secret]) => `  ${name.padEnd(15)} ${secret}`),
  ];
}
