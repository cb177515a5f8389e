import { Controller, Get, NotFoundException, Param, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../infra/config/config.js';
import { Page } from '../infra/web/page.js';
import { isLegalSlug, legalVersions, type LegalSlug } from './legal-texts.js';
import { programmeTerms, type ProgrammeTerms } from './programme-terms.js';

interface LegalPage {
  slug: LegalSlug;
  version: string;
  /** The partial with the text of that version, in the reader's language. */
  text: string;
  earlier: string[];
  inForce: boolean;
  terms: ProgrammeTerms;
}

@Controller('legal')
export class LegalController {
  constructor(private readonly config: Config) {}

  /** `?version=2025-01-01`: consents name the version they were given to. */
  @Get(':slug')
  @Page('site/legal', 'site')
  show(@Param('slug') slug: string, @Query('version') asked: unknown, @Req() req: Request): LegalPage {
    const versions = isLegalSlug(slug) ? legalVersions(slug) : [];
    const version = asked === undefined ? versions[0] : versions.find((known) => known === asked);
    if (!isLegalSlug(slug) || !version) throw new NotFoundException();
    return {
      slug,
      version,
      text: `legal/${slug}/${version}.${req.language}`,
      earlier: versions.filter((known) => known !== version),
      inForce: version === versions[0],
      terms: programmeTerms(this.config, req.language),
    };
  }
}
