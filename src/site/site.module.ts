import { Module } from '@nestjs/common';
import { StationsModule } from '../stations/stations.module.js';
import { TariffsModule } from '../tariffs/tariffs.module.js';
import { SiteCallbacksModule } from './callbacks/site-callbacks.module.js';
import { HomeController } from './home.controller.js';
import { LegalController } from './legal.controller.js';
import { SearchEnginesController } from './search/search-engines.controller.js';
import { SearchEngines } from './search/search-engines.service.js';
import { SiteOrdersModule } from './orders/site-orders.module.js';
import { StationList } from './station-list.service.js';
import { TariffPages } from './tariffs/tariff-pages.service.js';
import { TariffsController } from './tariffs/tariffs.controller.js';

@Module({
  imports: [StationsModule, TariffsModule, SiteCallbacksModule, SiteOrdersModule],
  controllers: [HomeController, LegalController, TariffsController, SearchEnginesController],
  providers: [StationList, TariffPages, SearchEngines],
})
export class SiteModule {}
