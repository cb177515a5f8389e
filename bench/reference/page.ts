import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Application } from 'express';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/infra/config/load-config.js';
import { setUpViews } from '../../src/infra/web/views.js';
import { answer, orders } from '../load/orders.js';

export interface BarePage {
  /** The product's own settings: its database, its secret. */
  env: Record<string, string>;
  path: string;
  cookie: string;
}

interface Rendered {
  view: string;
  model: object;
}

/**
 * What S3 is held against: the same template, layout, parts and helpers with the data of one real request, kept ready,
 * on Express and hbs alone. Prints its port and serves until it is ended.
 */
const order = orders<BarePage>();
const { view, model } = await capture(order);
const bare = express();
bare.disable('etag').disable('x-powered-by');
setUpViews({
  engine: (extension: string, render: Parameters<Application['engine']>[1]) => bare.engine(extension, render),
  setViewEngine: (name: string) => bare.set('view engine', name),
  setBaseViewsDir: (folder: string) => bare.set('views', folder),
  set: (name: string, value: unknown) => bare.set(name, value),
} as unknown as NestExpressApplication);
bare.get(order.path, (_req, res) => res.render(view, { ...model }));
const server = bare.listen(0, '127.0.0.1', () => answer({ port: (server.address() as AddressInfo).port }));

/** Asks the product once and keeps what it was going to render. */
async function capture({ env, path, cookie }: BarePage): Promise<Rendered> {
  const app = await createApp(loadConfig('web', env));
  await app.listen(0, '127.0.0.1');
  const product = app.getHttpAdapter().getInstance() as Application;
  let rendered: Rendered | undefined;
  const render = product.render.bind(product) as (name: string, options: object, done: () => void) => void;
  const keep = (name: string, options: { _locals: object }, done: () => void): void => {
    const { _locals, ...own } = options;
    rendered = { view: name, model: { ..._locals, ...own } };
    render(name, options, done);
  };
  Object.assign(product, { render: keep });
  const { port } = app.getHttpServer().address() as AddressInfo;
  const page = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { cookie, accept: 'text/html' },
    redirect: 'manual',
  });
  await page.text();
  await app.close();
  if (page.status !== 200 || !rendered) throw new Error(`${path} answered ${page.status}`);
  return rendered;
}
