import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Request } from 'express';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { TillCashiers } from '../../stations/tills/till-cashiers.service.js';
import { TillDevices } from '../../stations/tills/till-devices.service.js';
import { StationsService } from '../../stations/stations.service.js';
import { Clerk } from '../clerk.js';
import { StationPages } from '../station-pages.service.js';
import { CashierForm, NewPinForm } from './cashier.dto.js';

const stationPage = (it: TillsController, req: Request): Promise<object> => it.page(String(req.params['id']));

/** A station's web till: who may stand at it, and which devices serve as one. */
@Controller('admin/stations/:id')
@Roles('admin', 'manager')
@Layout('backoffice')
export class TillsController {
  constructor(
    private readonly pages: StationPages,
    private readonly stations: StationsService,
    private readonly cashiers: TillCashiers,
    private readonly devices: TillDevices,
  ) {}

  page(stationId: string): Promise<object> {
    return this.pages.station(stationId);
  }

  @Post('cashiers')
  @FormPage('backoffice/station', stationPage)
  async add(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { cashierName: name, pinCode: pin } = validateForm(CashierForm, body);
    await this.stations.findStation(id);
    await this.cashiers.add(id, { name, pin }, clerk);
    return seeOther(`/admin/stations/${id}#till`, 'till:desk.cashierAdded', { name });
  }

  @Post('cashiers/:cashierId/pin')
  @FormPage('backoffice/station', stationPage)
  async changePin(
    @Param('id', KnownId) id: string,
    @Param('cashierId', KnownId) cashierId: string,
    @Body() body: unknown,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const { newCode } = validateForm(NewPinForm, body);
    const name = await this.cashiers.changePin(id, cashierId, newCode, clerk);
    return seeOther(`/admin/stations/${id}#till`, 'till:desk.pinChanged', { name });
  }

  @Post('cashiers/:cashierId/removal')
  async remove(
    @Param('id', KnownId) id: string,
    @Param('cashierId', KnownId) cashierId: string,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const name = await this.cashiers.remove(id, cashierId, clerk);
    return seeOther(`/admin/stations/${id}#till`, 'till:desk.cashierRemoved', { name });
  }

  @Post('devices/:deviceId/revocation')
  async revoke(
    @Param('id', KnownId) id: string,
    @Param('deviceId', KnownId) deviceId: string,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const name = await this.devices.revoke(id, deviceId, clerk);
    return seeOther(`/admin/stations/${id}#till`, 'till:desk.deviceRevoked', { name });
  }
}
