import { ruleText } from '../../i18n/rule-text.js';
import { type HelperOptions, localsOf } from './helper.js';

/** `{{ruleName rule}}` → `1% of the purchase`: a kept earning rule in the reader's language */
export function ruleName(rule: Parameters<typeof ruleText>[0], options: HelperOptions): string {
  return ruleText(rule, localsOf(options).lang);
}
