import { localsOf, type HelperOptions } from './helper.js';

/** `{{pageTitle (t 'cards:activate.title')}}` on top of a view: what stands in the browser's tab. */
export function pageTitle(title: string, options: HelperOptions): string {
  localsOf(options).title = title;
  return '';
}
