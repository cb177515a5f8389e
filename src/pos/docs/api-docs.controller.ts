import { Controller, Get, Header } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiExcludeController } from '@nestjs/swagger';
import { ApiDocs } from './api-docs.service.js';

/** The till's API for whoever programs a cash register. */
@Controller('api')
@ApiExcludeController()
export class ApiDocsController {
  constructor(private readonly docs: ApiDocs) {}

  @Get('openapi.json')
  openApi(): OpenAPIObject {
    return this.docs.document();
  }

  @Get('docs')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return this.docs.page();
  }
}
