import { globSync, readFileSync } from 'node:fs';
import { RequestMethod } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { useApp } from '../support/app.js';

type Constructor = new (...args: never[]) => unknown;

interface Route {
  /** `GET /admin/stations/:id` */
  name: string;
  path: string;
  guards: string[];
  roles: boolean;
}

/** Open to strangers, each for a reason: what is not here needs a guard. */
const PUBLIC = [
  /^GET \/$/,
  /^GET \/(healthz|readyz|metrics)$/,
  /^(GET|POST) \/(session|reset_password)(\/|$)/,
  /^(GET|POST) \/admin\/(session|invitation)(\/|$)/,
  /^(GET|POST) \/cards\/(activate|virtual)(\/|$)/,
  /^GET \/(news|help|contacts|tariffs|legal)(\/|$)/,
  /^GET \/(robots\.txt|sitemap\.xml)$/,
  /^(GET|POST) \/(language|theme|admin\/theme|preferences)(\/|$)/,
  /^(GET|POST) \/callback(\/|$)/,
  /^POST \/tariffs\/:slug$/,
  /^(GET|POST) \/orders\/:token(\/|$)/,
  // Links of mails: a token proves what it opens.
  /^(GET|POST) \/mail\/(confirm|unsubscribe)\/(:token|done)$/,
  /^GET \/api\/(docs|openapi\.json)/,
  /^GET \/card$/,
  // The way into the web till; the PIN is asked of paired devices only.
  /^(GET|POST) \/till\/(pairing|pin)(\/end)?$/,
];

/** Whose guard has to stand where. */
const GUARDED = [
  { path: /^\/admin(\/|$)/, guard: 'StaffOnly', roles: true },
  { path: /^\/cabinet(\/|$)/, guard: 'CustomerOnly', roles: false },
  { path: /^\/till(\/|$)/, guard: 'TillOnly', roles: false },
  { path: /^\/api\/pos\//, guard: 'TerminalGuard', roles: false },
  { path: /^\/api\/ivr\//, guard: 'IvrGuard', roles: false },
  { path: /^\/dev(\/|$)/, guard: 'DemoOnly', roles: false },
];

/** Where every member of staff may look, whatever their role. */
const ALL_STAFF = [/^GET \/admin$/, /^GET \/admin\/(search|purchases|activations)(\/|$)/];

const UNKNOWN_ID = '0190a1b2-0000-7000-8000-000000000000';

function routesOf(controller: Constructor): Route[] {
  const home = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
  const prototype = controller.prototype as Record<string, object>;
  const handlers = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  return handlers.flatMap((name) => {
    const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
    const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
    if (!handler || method === undefined) return [];
    const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
    const guards = [controller, handler].flatMap(
      (target) => (Reflect.getMetadata(GUARDS_METADATA, target) as Constructor[] | undefined) ?? [],
    );
    const roles = [controller, handler].some((target) =>
      Reflect.getMetadataKeys(target).some((key) => typeof key === 'symbol' && key.description === 'roles'),
    );
    return paths.map((path) => {
      const address = `/${home}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
      return {
        name: `${RequestMethod[method]} ${address}`,
        path: address,
        guards: guards.map((guard) => guard.name),
        roles,
      };
    });
  });
}

function doorOf(path: string): string {
  if (path.startsWith('/till')) return '/till/pairing';
  return path.startsWith('/admin') ? '/admin/session/new' : '/session/new';
}

describe('the application', () => {
  // With every room that there is.
  const app = useApp({ env: { DEMO: '1' } });
  const rooms = () => [...app.get(ModulesContainer).values()];
  const routes = () => {
    const controllers = new Set(
      rooms().flatMap((room) => [...room.controllers.values()].map(({ metatype }) => metatype)),
    );
    return [...controllers].flatMap((controller) => routesOf(controller as Constructor));
  };

  it('has a guard at every route that is not public on purpose', () => {
    const faults = routes().flatMap(({ name, path, guards, roles }) => {
      if (PUBLIC.some((pattern) => pattern.test(name))) return [];
      const rule = GUARDED.find((candidate) => candidate.path.test(path));
      if (!rule) return [`${name}: neither public nor guarded`];
      if (!guards.includes(rule.guard)) return [`${name}: no ${rule.guard}`];
      const needsRole = rule.roles && !ALL_STAFF.some((pattern) => pattern.test(name));
      return needsRole && !roles ? [`${name}: no role named`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('lets no stranger in behind a guard', async () => {
    const stranger = app.visitor();
    const faults: string[] = [];
    for (const { name, path } of routes()) {
      const guarded = GUARDED.some((rule) => rule.path.test(path)) && !PUBLIC.some((pattern) => pattern.test(name));
      if (!name.startsWith('GET ') || !guarded || path.startsWith('/dev')) continue;
      const answer = await stranger.get(path.replace(/:\w+/g, UNKNOWN_ID));
      const logIn = doorOf(path);
      const sentAway = answer.status === 303 && String(answer.headers.location).startsWith(logIn);
      if (!sentAway && answer.status !== 401) faults.push(`${name}: ${answer.status}`);
    }
    expect(faults).toEqual([]);
  });

  it('answers no address twice', () => {
    const names = routes().map((route) => route.name.replace(/:\w+/g, ':'));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has every module in the table of contents', () => {
    const known = new Set(rooms().map((room) => room.metatype.name));
    const written = globSync('src/**/*.module.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^export class (\w+Module)\b/gm)].map(([, name]) => name!),
    );
    expect(written.filter((name) => !known.has(name))).toEqual([]);
  });
});
