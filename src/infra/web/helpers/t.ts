import { text } from '../../i18n/texts.js';
import { localsOf, type HelperOptions } from './helper.js';

/** `{{t 'cards:activate.title'}}`, `{{t 'common:points' count=5 amount='5'}}` */
export function t(key: string, options: HelperOptions): string {
  const params = options.hash;
  const { lang } = localsOf(options);
  for (const _name in params) return text(lang, key, params);
  return text(lang, key);
}
