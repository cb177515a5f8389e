import type { FormModel } from '../form.js';
import { localsOf, type HelperOptions } from './helper.js';

interface FieldState {
  value: unknown;
  error: string | undefined;
  /** The ids of hint and error, for `aria-describedby`. */
  describedBy: string;
}

/**
 * `{{#field 'email'}} … {{value}} {{error}} {{describedBy}} … {{/field}}`: a field of the page's form; the partials of `form/` use it.
 * What was typed wins over `value=`, which a page gives as the start.
 */
export function field(this: { hint?: string }, name: string, options: HelperOptions): string {
  const { form } = localsOf(options) as { form?: Partial<FormModel> };
  const { value } = options.hash as { value?: unknown };
  const error = form?.errors?.[name];
  const describedBy = [this.hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  const state: FieldState = { value: form?.values?.[name] ?? value, error, describedBy };
  return options.fn({ ...this, ...state }, { data: options.data });
}
