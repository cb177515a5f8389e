import { localsOf, type HelperOptions } from './helper.js';

/** `{{pageTitle (t 'site:home.tab') description=(t 'site:home.lead')}}` on top of a view: its name in the browser's tab and in search results. */
export function pageTitle(title: string, options: HelperOptions): string {
  const { description } = options.hash as { description?: string };
  Object.assign(localsOf(options), { title, description });
  return '';
}
