import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { Logger as PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './infra/config/config.js';
import { createLogger, requestLogging } from './infra/logging/logging.js';
import { quietStart } from './infra/logging/quiet-start.js';
import { Metrics } from './infra/metrics/metrics.js';
import { ApiDocs } from './pos/docs/api-docs.service.js';
import { IvrModule } from './pos/ivr/ivr.module.js';
import { PosModule } from './pos/pos.module.js';
import { setUpWeb } from './infra/web/web.setup.js';

/** What Nest is told at the creation of the application. Bodies are parsed in infra/web, where their limits stand. */
export const APP_OPTIONS = { bodyParser: false, bufferLogs: true, abortOnError: false } as const;

/** The whole application, not yet initialised: `init()` it to use it, `listen()` to serve. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const logger = createLogger(config);
  const app = await NestFactory.create<NestExpressApplication>(await AppModule.for(config, logger), APP_OPTIONS);
  return setUpApp(app, config, logger);
}

/** What stands before the controllers; apart, so that a test may replace providers first. */
export function setUpApp(app: NestExpressApplication, config: Config, logger: Logger): NestExpressApplication {
  app.useLogger(quietStart(app.get(PinoLogger)));
  app.use(requestLogging(logger));
  app.use(app.get(Metrics, { strict: false }).requestTimes);
  app.use(entityManagerPerRequest(app.get(MikroORM)));
  if (!config.runsWeb) {
    app.use(operationsOnly);
    return app;
  }
  setUpWeb(app, config);
  app.get(ApiDocs, { strict: false }).serve(app, [PosModule, IvrModule]);
  return app;
}

function entityManagerPerRequest(orm: MikroORM): RequestHandler {
  // Tills' calls speak SQL alone.
  return (req, _res, next) => (req.path.startsWith('/api/pos/') ? next() : RequestContext.create(orm.em, next));
}

/** A worker has no pages. */
const operationsOnly: RequestHandler = (req, res, next) => {
  if (['/healthz', '/readyz', '/metrics'].includes(req.path)) next();
  else res.status(404).end();
};
