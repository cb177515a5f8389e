import { mayOpen as mayOpenAs } from '../menus.js';
import { localsOf, type HelperOptions } from './helper.js';

/** `{{#if (mayOpen '/admin/cards')}}<a …>`: whether the reader's role may follow a link there. */
export function mayOpen(path: string, options: HelperOptions): boolean {
  return mayOpenAs(path, localsOf(options).viewer);
}
