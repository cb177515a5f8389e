import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Cookies, YEAR_MS } from '../../infra/web/cookies.js';
import { validateForm } from '../../infra/web/form.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { TillCashiers } from '../../stations/tills/till-cashiers.service.js';
import { type TillDevice, TillDevices } from '../../stations/tills/till-devices.service.js';
import { TillShifts } from '../../stations/tills/till-shifts.service.js';
import { PairingForm, PinForm } from './till.forms.js';
import { CurrentDevice, PairedOnly, TillDoor } from './till.guards.js';
import { pairingPage, type PairingPage, pinPage, type PinPage } from './till.views.js';

/** The way into the web till: a manager's key once a month, a cashier's PIN every 15 idle minutes. */
@Controller('till')
export class TillDoorController {
  constructor(
    private readonly door: TillDoor,
    private readonly devices: TillDevices,
    private readonly cashiers: TillCashiers,
    private readonly shifts: TillShifts,
    private readonly cookies: Cookies,
  ) {}

  @Get('pairing')
  @Page('till/pairing', 'till')
  async newPairing(@Req() req: Request): Promise<PairingPage> {
    return pairingPage(await this.door.deviceOf(req), req.language);
  }

  @Post('pairing')
  @FormPage('till/pairing', (it: TillDoorController, req) => it.newPairing(req))
  async pair(@Body() body: unknown, @Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<SeeOther> {
    const { terminalCode: key, deviceName: name } = validateForm(PairingForm, body);
    const token = await this.devices.pair({ key, name, ip: req.ip ?? '' });
    // Longer than it lets in: a browser that was a till is known by it when somebody logs out there.
    res.cookie(this.cookies.till, token, { ...this.cookies.options, sameSite: 'strict', maxAge: YEAR_MS });
    return seeOther('/till/pin');
  }

  @Get('pin')
  @UseGuards(PairedOnly)
  @Page('till/pin', 'till')
  async newShift(@CurrentDevice() device: TillDevice, @Req() req: Request): Promise<PinPage> {
    return pinPage(device, await this.cashiers.list(device.terminal.stationId), req.language);
  }

  @Post('pin')
  @UseGuards(PairedOnly)
  @FormPage('till/pin', (it: TillDoorController, req) => it.pinAgain(req))
  async beginShift(@CurrentDevice() device: TillDevice, @Body() body: unknown): Promise<SeeOther> {
    const { cashier, pinCode } = validateForm(PinForm, body);
    await this.shifts.begin(device, cashier, pinCode);
    return seeOther('/till');
  }

  @Post('pin/end')
  @UseGuards(PairedOnly)
  async endShift(@CurrentDevice() device: TillDevice): Promise<SeeOther> {
    await this.shifts.end(device);
    return seeOther('/till/pin');
  }

  private async pinAgain(req: Request): Promise<object> {
    const device = await this.door.deviceOf(req);
    return device ? this.newShift(device, req) : {};
  }
}
