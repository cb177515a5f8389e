import { Module } from '@nestjs/common';
import { StationsModule } from '../stations/stations.module.js';
import { SiteCallbacksModule } from './callbacks/site-callbacks.module.js';
import { HomeController } from './home.controller.js';
import { LegalController } from './legal.controller.js';
import { StationList } from './station-list.service.js';

@Module({
  imports: [StationsModule, SiteCallbacksModule],
  controllers: [HomeController, LegalController],
  providers: [StationList],
})
export class SiteModule {}
