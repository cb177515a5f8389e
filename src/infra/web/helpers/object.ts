import type { HelperOptions } from './helper.js';

/** `{{> pager (object next=nextPath)}}`: named values as one thing */
export function object(options: HelperOptions): object {
  return { ...options.hash };
}
