import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/cards.module.js';
import { DemoClockController } from './demo-clock.controller.js';
import { DemoController } from './demo.controller.js';
import { DemoWorld } from './demo-world.service.js';
import { DemoWorldController } from './demo-world.controller.js';
import { DevInboxModule } from './dev-inbox.module.js';

/** What visitors of the demo find besides the product. The application has this room only while the demo is on. */
@Module({
  imports: [CardsModule, DevInboxModule],
  controllers: [DemoController, DemoWorldController, DemoClockController],
  providers: [DemoWorld],
})
export class DemoModule {}
