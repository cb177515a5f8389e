import type { LoggerService } from '@nestjs/common';

/** How Nest tells of each module and route it finds: a hundred lines that nobody reads. */
const CHATTY = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

/** The same logger without what the framework says of itself while it starts; its warnings and errors stay. */
export function quietStart(logger: LoggerService): LoggerService {
  const quiet = Object.create(logger) as LoggerService;
  quiet.log = (message: unknown, ...rest: unknown[]) => {
    if (!CHATTY.has(String(rest.at(-1)))) logger.log(message, ...rest);
  };
  return quiet;
}
