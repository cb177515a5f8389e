import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { SYSTEM } from '../../../src/shared/actor.js';
import { TillCashiers } from '../../../src/stations/tills/till-cashiers.service.js';
import type { TestApp } from '../../support/app.js';
import type { Pos, PurchaseInput } from '../../support/pos.js';
import type { Visitor } from '../../support/visitor.js';

export const PIN = '2580';

interface CallOptions {
  key?: string | null;
  csrf?: string;
  background?: boolean;
  type?: string;
}

/** A tablet at a station: pairs, types PINs, and makes the page's calls with its cookies. */
export class TillDevice {
  constructor(
    private readonly app: TestApp,
    readonly till: Pos,
    readonly stationId: string,
    readonly terminalId: string,
    readonly cashierId: string,
    readonly visitor: Visitor = app.visitor(),
  ) {}

  pair(key = this.till.terminalKey): Promise<Response> {
    return this.visitor.submit('/till/pairing', { terminalCode: key, deviceName: 'Планшет' });
  }

  pin(pinCode = PIN): Promise<Response> {
    return this.visitor.submit('/till/pin', { cashier: this.cashierId, pinCode }, '/till/pin');
  }

  /** Paired, with the cashier's PIN typed. */
  async open(): Promise<this> {
    await this.pair();
    await this.pin();
    return this;
  }

  get(path: string, { background = false }: CallOptions = {}): Promise<Response> {
    const call = request(this.app.url).get(`/till/api/${path}`).set('Cookie', this.cookie());
    if (background) void call.set('X-Background', '1');
    return Promise.resolve(call);
  }

  async post(path: string, body: object, options: CallOptions = {}): Promise<Response> {
    const state = await this.get('state');
    const { csrf = String(state.body.csrf), key = randomUUID(), type = 'application/json' } = options;
    const given = (state.headers['set-cookie'] ?? []) as unknown as string[];
    const cookies = [...this.cookie(), ...given.map((line) => line.split(';')[0]!)];
    const call = request(this.app.url)
      .post(`/till/api/${path}`)
      .set('Cookie', cookies)
      .set({ 'X-CSRF-Token': csrf, Origin: this.app.url, 'Sec-Fetch-Site': 'same-origin' })
      .type(type);
    if (key !== null) void call.set('Idempotency-Key', key);
    return call.send({ shift: state.body.shift, ...body });
  }

  purchase(input: PurchaseInput, options?: CallOptions): Promise<Response> {
    return this.post('purchases', this.till.purchaseBody(input), options);
  }

  private cookie(): string[] {
    return this.visitor.cookies().map(({ name, value }) => `${name}=${value}`);
  }
}

/** A station with a terminal, a cashier and a tablet that is not paired yet. */
export async function tablet(app: TestApp, name = 'Ольга К.'): Promise<TillDevice> {
  const { till, stationId, terminalId } = await app.world.openStation();
  return new TillDevice(app, till, stationId, terminalId, await cashier(app, stationId, name));
}

export async function cashier(app: TestApp, stationId: string, name: string, pin = PIN): Promise<string> {
  const cashiers = app.get(TillCashiers);
  await cashiers.add(stationId, { name, pin }, SYSTEM);
  return (await cashiers.list(stationId)).find((each) => each.name === name)!.id;
}
