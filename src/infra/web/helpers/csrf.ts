import { localsOf, escape, SafeString, type HelperOptions } from './helper.js';

/** `<form method="post" action="/session">{{csrf}} …`: the hidden field without which a form is refused. */
export function csrf(options: HelperOptions): SafeString {
  const token = escape(localsOf(options).csrfToken());
  return new SafeString(`<input type="hidden" name="_csrf" value="${token}">`);
}
