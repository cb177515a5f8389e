import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Injectable, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import express from 'express';
import { Config } from '../../infra/config/config.js';

const FILES = '/api/docs/files';
const UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API касс</title>
<link rel="stylesheet" href="${FILES}/swagger-ui.css">
<link rel="stylesheet" href="${FILES}/readable.css">
<script src="${FILES}/swagger-ui-bundle.js" defer></script>
<script src="${FILES}/start.js" defer></script>
</head>
<body><div id="docs"></div></body>
</html>`;

const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, persistAuthorization: false });`;

/** The package's colours are too pale to read, and its links too low to hit. */
const READABLE = `.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #0b6b45; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1b5fae; }
.swagger-ui .info .title small.version-stamp { background: #476300; }
.swagger-ui .info .title small.version-stamp pre.version { background: #476300; color: #fff; }
.swagger-ui .info a, .swagger-ui .info .url { color: #1b5fae; }
.swagger-ui .btn.authorize, .swagger-ui .btn.authorize span { border-color: #0b6b45; color: #0b6b45; }
.swagger-ui .btn.authorize svg { fill: #0b6b45; }
.swagger-ui .opblock-summary-path a { display: inline-block; padding-block: 4px; }`;

const INTRODUCTION = `Деньги, баллы и количества — десятичные строки ("1250.50"), время — ISO 8601 с зоной. Каждая запись несёт
\`Idempotency-Key\`: тот же ключ с тем же содержимым отвечает тем же. Ошибки — \`application/problem+json\` с постоянным
\`code\`; \`title\` — до 40 знаков, для экрана кассира.`;

/** OpenAPI of the till's API, read off its controllers, and a page to try it on. */
@Injectable()
export class ApiDocs {
  private describe: () => OpenAPIObject = () => {
    throw new Error('the documentation is not served in this process');
  };
  private made: OpenAPIObject | undefined;

  constructor(private readonly config: Config) {}

  /** Documents the controllers of `modules`. The page's files are the package's; nothing is inline, as the CSP wants. */
  serve(app: NestExpressApplication, modules: Type[]): void {
    const { name } = this.config.brand;
    this.describe = () => SwaggerModule.createDocument(app, description(name), { include: modules });
    app.use(`${FILES}/start.js`, (_req: express.Request, res: express.Response) => {
      res.type('text/javascript').send(START);
    });
    app.use(`${FILES}/readable.css`, (_req: express.Request, res: express.Response) => {
      res.type('text/css').send(READABLE);
    });
    app.use(FILES, express.static(UI, { index: false, maxAge: '1d' }));
  }

  page(): string {
    return PAGE;
  }

  document(): OpenAPIObject {
    this.made ??= this.describe();
    return this.made;
  }
}

function description(brand: string): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setTitle(`${brand}: API касс`)
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Ключ кассы' })
    .build();
}
