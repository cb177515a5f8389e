import type { NestExpressApplication } from '@nestjs/platform-express';
import { ModuleRef, Reflector } from '@nestjs/core';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import type { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { appManifest } from './app-manifest.js';
import { bodyLimits } from './body-limits.js';
import { cacheControl } from './cache-control.js';
import { parseQuery } from './clean-fields.js';
import { csrf } from './csrf.js';
import { ErrorFilter } from './error.filter.js';
import { hostAllowlist } from './host-allowlist.js';
import { locale } from './locale.js';
import { PageInterceptor } from './page.interceptor.js';
import { securityHeaders } from './security-headers.js';
import { sessions } from './sessions.js';
import { staticFiles } from './static-files.js';
import { limitTimes } from './time-limits.js';
import { answerUnread } from './unread-requests.js';
import { uploads } from './uploads.js';
import { Viewers } from './viewer.js';
import { setUpViews } from './views.js';
import { WebParts } from './web-parts.js';

/** Everything a request passes on its way to a controller, in this order. */
export function setUpWeb(app: NestExpressApplication, config: Config): void {
  const parts = app.get(WebParts);
  const { cookies, visitors, brandStyles } = parts;
  app.set('trust proxy', config.trustProxyHops);
  app.set('query parser', parseQuery);
  app.disable('x-powered-by');
  app.use(hostAllowlist(config.allowedHosts));
  app.use(securityHeaders(cookies.https));
  app.use(compression());
  app.use(brandStyles.serve);
  app.use(appManifest(config.brand));
  app.use(staticFiles());
  app.use(cacheControl);
  app.use(cookieParser());
  app.use(bodyLimits());
  app.use(
    sessions({
      ...parts,
      pool: app.get(Database).pool,
      viewers: app.get(Viewers),
      secret: config.keyFor('session').toString('base64'),
    }),
  );
  app.use(uploads());
  app.use(csrf(cookies, visitors, config.keyFor('csrf').toString('base64')));
  app.use(locale);
  setUpViews(app);
  app.useGlobalInterceptors(
    new PageInterceptor({ ...parts, reflector: app.get(Reflector), modules: app.get(ModuleRef) }),
  );
  app.useGlobalFilters(new ErrorFilter(parts));
  limitTimes(app.getHttpServer());
  answerUnread(app.getHttpServer());
}
