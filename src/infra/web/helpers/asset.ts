import { assetPath } from '../assets.js';

/** `<link rel="stylesheet" href="{{asset 'site.css'}}">` */
export function asset(name: string): string {
  return assetPath(name);
}
