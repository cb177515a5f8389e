import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Catalogue } from '../../tariffs/catalogue/catalogue.service.js';

const CLOSED = ['/admin', '/cabinet', '/session', '/reset_password', '/till', '/api/', '/tariffs/compare'];
const ALWAYS = ['/', '/help', '/contacts'];
const LOYALTY = ['/cards/activate', '/cards/virtual', '/legal/programme-rules'];
/** What one sitemap may hold. */
const MOST_TARIFFS = 45_000;

@Injectable()
export class SearchEngines {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly config: Config,
  ) {}

  robots(): string {
    const closed = CLOSED.map((path) => `Disallow: ${path}`);
    return ['User-agent: *', ...closed, '', `Sitemap: ${this.config.publicUrl}/sitemap.xml`, ''].join('\n');
  }

  async sitemap(): Promise<string> {
    const { lines, publicUrl } = this.config;
    const tariffs = lines.includes('telecom') ? await this.catalogue.addresses(MOST_TARIFFS) : [];
    const pages = [
      ...[...ALWAYS, ...(lines.includes('loyalty') ? LOYALTY : []), ...(tariffs.length > 0 ? ['/tariffs'] : [])].map(
        (path) => `<url><loc>${publicUrl}${path}</loc></url>`,
      ),
      ...tariffs.map(({ slug, valid_from: since }) => {
        const day = new Date(since).toISOString().slice(0, '2026-11-25'.length);
        return `<url><loc>${publicUrl}/tariffs/${slug}</loc><lastmod>${day}</lastmod></url>`;
      }),
    ];
    const sitemap = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${pages.join('\n')}\n</urlset>\n`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n${sitemap}`;
  }
}
