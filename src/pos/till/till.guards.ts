import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  HttpException,
  Injectable,
} from '@nestjs/common';
import type { Request } from 'express';
import { cookieOf, Cookies } from '../../infra/web/cookies.js';
import { type TillDevice, TillDevices } from '../../stations/tills/till-devices.service.js';
import { type Shift, TillShifts } from '../../stations/tills/till-shifts.service.js';
import { TillNotPaired, TillPinRequired } from './till.errors.js';

interface TillRequest extends Request {
  till?: { device: TillDevice; shift: Shift | null };
}

/** The paired device that a request comes from; null for any other browser. */
@Injectable()
export class TillDoor {
  constructor(
    private readonly cookies: Cookies,
    private readonly devices: TillDevices,
  ) {}

  async deviceOf(req: Request): Promise<TillDevice | null> {
    const token = cookieOf(req, this.cookies.till);
    return token === undefined ? null : this.devices.byToken(token);
  }
}

/** A paired device, with a cashier or without. The POS API's guards and decorators find the terminal where theirs puts it. */
@Injectable()
export class PairedOnly implements CanActivate {
  constructor(
    private readonly door: TillDoor,
    private readonly shifts: TillShifts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<TillRequest>();
    const device = await this.door.deviceOf(req);
    if (!device) throw new TillNotPaired();
    const signOfLife = req.get('x-background') !== '1';
    req.till = { device, shift: await this.shifts.current(device, { signOfLife }) };
    req.user = device.terminal;
    return true;
  }
}

/** A paired device at which a cashier stands. */
@Injectable()
export class TillOnly extends PairedOnly {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    if (!context.switchToHttp().getRequest<TillRequest>().till?.shift) throw new TillPinRequired();
    return true;
  }
}

/** The page sends nothing but JSON; a form of another kind is not even read. */
export class JsonOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<Request>().is('application/json')) return true;
    throw new HttpException('the body is not JSON', 415);
  }
}

/** Behind `PairedOnly` or `TillOnly`. */
export const CurrentDevice = createParamDecorator((_data: unknown, context: ExecutionContext): TillDevice => {
  const { till } = context.switchToHttp().getRequest<TillRequest>();
  if (!till) throw new TillNotPaired();
  return till.device;
});

/** Behind `TillOnly`. */
export const CurrentShift = createParamDecorator((_data: unknown, context: ExecutionContext): Shift => {
  const { till } = context.switchToHttp().getRequest<TillRequest>();
  if (!till?.shift) throw new TillPinRequired();
  return till.shift;
});
