import { Controller, Get, Header } from '@nestjs/common';
import { SearchEngines } from './search-engines.service.js';

/** What search engines ask for before they read pages. */
@Controller()
export class SearchEnginesController {
  constructor(private readonly engines: SearchEngines) {}

  @Get('robots.txt')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  robots(): string {
    return this.engines.robots();
  }

  @Get('sitemap.xml')
  @Header('Content-Type', 'application/xml; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  sitemap(): Promise<string> {
    return this.engines.sitemap();
  }
}
