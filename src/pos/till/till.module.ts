import { Module } from '@nestjs/common';
import { WebModule } from '../../infra/web/web.module.js';
import { StationsModule } from '../../stations/stations.module.js';
import { PosModule } from '../pos.module.js';
import { TillApiController } from './till-api.controller.js';
import { TillCalls } from './till-calls.service.js';
import { TillController } from './till.controller.js';
import { TillDoorController } from './till-door.controller.js';
import { TillDoor } from './till.guards.js';

/** The web till: pages over the POS API's desks. */
@Module({
  imports: [PosModule, StationsModule, WebModule],
  controllers: [TillDoorController, TillController, TillApiController],
  providers: [TillDoor, TillCalls],
})
export class TillModule {}
