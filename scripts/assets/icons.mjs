import { existsSync, globSync, readFileSync } from 'node:fs';

const ICONS = 'node_modules/@tabler/icons/icons/outline';
/** `{{icon 'home'}}`, `icon='home'` in views; `icon: 'home'` in view models. */
const USES = /\bicon(?:=|:\s*|\s+)["']([a-z0-9-]+)["']/g;

/** One SVG with every icon that views and view models name. */
export function drawSprite() {
  const files = globSync(['views/**/*.hbs', 'src/**/*.ts'], { exclude: (file) => file.endsWith('.spec.ts') });
  const names = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(USES)].map(([, name]) => name ?? ''));
  const symbols = [...new Set(names)].sort().map(symbolOf);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

function symbolOf(name) {
  const path = `${ICONS}/${name}.svg`;
  if (!existsSync(path)) throw new Error(`no icon is called “${name}”; see https://tabler.io/icons`);
  const svg = readFileSync(path, 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  const drawing = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1] ?? '';
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, '')}</symbol>`;
}
