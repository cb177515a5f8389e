import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import hbs from 'hbs';
import { ROOT } from '../root.js';
import { helpers } from './helpers.js';

const VIEWS = join(ROOT, 'views');
const PARTIALS = join(VIEWS, 'partials');

type Engine = (path: string, options: object, done: (error: unknown, html?: string) => void) => void;

/** Handlebars pages under views/, compiled once: `npm run dev` starts anew when one changes. */
export function setUpViews(app: NestExpressApplication): void {
  const engine = hbs.create();
  keepLinesAsTheyAre(engine);
  for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, helper);
  registerPartials(engine);
  app.engine('hbs', engine.__express.bind(engine) as Engine);
  app.setViewEngine('hbs');
  app.setBaseViewsDir(VIEWS);
  app.set('view cache', true);
}

/** A partial that stands indented would indent each line of what was typed into a form's text. */
function keepLinesAsTheyAre({ handlebars }: ReturnType<typeof hbs.create>): void {
  const compile = handlebars.compile.bind(handlebars);
  handlebars.compile = (input, options) => compile(input, { ...options, preventIndent: true });
}

/** `views/partials/cabinet/card.hbs` is `{{> cabinet/card}}`. */
function registerPartials(engine: ReturnType<typeof hbs.create>): void {
  for (const file of readdirSync(PARTIALS, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.hbs')) continue;
    const path = join(PARTIALS, file);
    engine.registerPartial(relative(PARTIALS, path).slice(0, -'.hbs'.length), readFileSync(path, 'utf8'));
  }
}
