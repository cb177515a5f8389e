import type { Flash, FlashKind } from './flash.js';
import type { TextParams } from '../i18n/texts.js';

/** What a form's handler returns on success: 303 to a page of ours, with a message there. */
export class SeeOther {
  constructor(
    readonly path: string,
    readonly flash: Flash | null,
  ) {}
}

/** `return seeOther('/admin/stations', 'stations:opened', { name })` */
export function seeOther(path: string, flashKey?: string, params?: TextParams, kind: FlashKind = 'success'): SeeOther {
  return new SeeOther(path, flashKey ? { kind, key: flashKey, params } : null);
}
