import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../infra/config/config.js';
import { Layout, Page } from '../infra/web/page.js';
import { programmeTerms, type ProgrammeTerms } from './programme-terms.js';
import { StationList, type City } from './station-list.service.js';
import type { TariffCard } from '../tariffs/words/tariff-card.js';
import { TariffPages } from './tariffs/tariff-pages.service.js';

interface HomePage {
  terms: ProgrammeTerms;
  cities: City[];
  loyalty: boolean;
  telecom: boolean;
  /** A few of the catalogue. */
  tariffs: TariffCard[];
}

@Controller()
@Layout('site')
export class HomeController {
  constructor(
    private readonly config: Config,
    private readonly stations: StationList,
    private readonly tariffs: TariffPages,
  ) {}

  @Get()
  @Page('site/home', 'site')
  async home(@Req() req: Request): Promise<HomePage> {
    const { lines } = this.config;
    const telecom = lines.includes('telecom');
    return {
      terms: programmeTerms(this.config, req.language),
      cities: await this.stations.byCity(),
      loyalty: lines.includes('loyalty'),
      telecom,
      tariffs: telecom ? await this.tariffs.showcase(req.language) : [],
    };
  }

  @Get('help')
  @Page('site/help', 'site')
  help(@Req() req: Request): { terms: ProgrammeTerms } {
    return { terms: programmeTerms(this.config, req.language) };
  }

  @Get('contacts')
  @Page('site/contacts', 'site')
  contacts(): object {
    return {};
  }
}
