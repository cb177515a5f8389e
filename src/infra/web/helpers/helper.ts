import hbs from 'hbs';
import type { PageLocals } from '../page-locals.js';

/** What Handlebars passes to every helper as the last argument. */
export interface HelperOptions {
  hash: Record<string, unknown>;
  data: object;
  fn(context: object, options?: { data: object }): string;
}

/** Markup that is not escaped again; whatever a page's model brings into it goes through `escape` first. */
export const { SafeString, escapeExpression: escape } = hbs.handlebars;
export type SafeString = InstanceType<typeof SafeString>;

/** The page's shared locals, from wherever in a template a helper is called. */
export function localsOf(options: HelperOptions): PageLocals {
  return (options.data as { root: PageLocals }).root;
}

/** Amounts come as bigint, or as its decimal digits where a view model was stored as JSON. */
export function units(amount: bigint | string | number): bigint {
  return BigInt(amount);
}
