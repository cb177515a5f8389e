import { localsOf, type HelperOptions } from './helper.js';

/**
 * `{{pageTitle (t 'site:home.tab') description=(t 'site:home.lead')}}` on top of a view: its name in the browser's tab and in
 * search results. `canonical=` is the whole address under which search engines shall know the page, `noindex=true` keeps it
 * from them.
 */
export function pageTitle(title: string, options: HelperOptions): string {
  const { description, canonical, noindex } = options.hash;
  Object.assign(localsOf(options), { title, description, canonical, noindex });
  return '';
}
