import { Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { BrandStyles } from './brand-styles.js';
import { Cookies } from './cookies.js';
import { Flashes } from './flash.js';
import { PreferencesController } from './preferences.controller.js';
import { StayController } from './stay.controller.js';
import { Viewers } from './viewer.js';
import { Visitors } from './visitor.js';
import { WebParts } from './web-parts.js';

@Module({
  controllers: [PreferencesController, StayController],
  providers: [
    WebParts,
    Viewers,
    { provide: BrandStyles, inject: [Config], useFactory: (config: Config) => new BrandStyles(config.brand.accent) },
    {
      provide: Cookies,
      inject: [Config],
      useFactory: (config: Config) => new Cookies(config.publicUrl.startsWith('https:')),
    },
    {
      provide: Visitors,
      inject: [Cookies, Config],
      useFactory: (cookies: Cookies, config: Config) => new Visitors(cookies, config.keyFor('visitor')),
    },
    {
      provide: Flashes,
      inject: [Cookies, Config],
      useFactory: (cookies: Cookies, config: Config) => new Flashes(cookies, config.keyFor('flash')),
    },
  ],
  exports: [Cookies, Viewers, Visitors],
})
export class WebModule {}
