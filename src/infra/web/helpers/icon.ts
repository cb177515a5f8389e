import { assetPath } from '../assets.js';
import { escape, SafeString } from './helper.js';

const sprite = assetPath('icons.svg');
const drawn = new Map<string, SafeString>();

/** `{{icon 'gas-station'}}`: a Tabler icon from the sprite, hidden from screen readers; words stand beside it. */
export function icon(name: string): SafeString {
  const known = drawn.get(name);
  if (known) return known;
  const href = `${sprite}#${escape(name)}`;
  const svg = new SafeString(`<svg class="icon" aria-hidden="true" focusable="false"><use href="${href}"/></svg>`);
  drawn.set(name, svg);
  return svg;
}
