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
  /^(GET|POST) \/(language|theme|preferences)(\/|$)/,
  /^GET \/api\/(docs|openapi\.json)/,
];

/** Whose guard has to stand where. */
const GUARDED = [
  { path: /^\/admin(\/|$)/, guard: 'StaffOnly', roles: true },
  { path: /^\/cabinet(\/|$)/, guard: 'CustomerOnly', roles: false },
  { path: /^\/api\/pos\//, guard: 'TerminalGuard', roles: false },
  { path: /^\/dev\//, guard: 'DemoOnly', roles: false },
];

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
      return rule.roles && !roles ? [`${name}: no role named`] : [];
    });
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
