import { Invitations } from '../../src/auth/staff/invitations.service.js';
import { BatchService } from '../../src/cards/batch.service.js';
import { Database } from '../../src/infra/database/database.js';
import { Activation } from '../../src/loyalty/activation/activation.service.js';
import { newId } from '../../src/shared/ids.js';
import { TerminalsService } from '../../src/stations/terminals.service.js';
import { StationsService } from '../../src/stations/stations.service.js';
import type { StaffRole } from '../../src/infra/web/viewer.js';
import { SYSTEM } from '../../src/shared/actor.js';
import type { TestApp } from './app.js';
import type { Pos } from './pos.js';

/** People, places and cards made by the product's own verbs. */
export class World {
  private made = 0;

  constructor(private readonly app: TestApp) {}

  /** A phone nobody has had in this test file. */
  newPhone(): string {
    return `+7921${String(1_000_000 + ++this.made).padStart(7, '0')}`;
  }

  /** A till at a new station, with its key. */
  async openTill(): Promise<Pos> {
    return (await this.openStation()).till;
  }

  async openStation(): Promise<{ stationId: string; terminalId: string; till: Pos }> {
    const number = ++this.made;
    const station = await this.app
      .get(StationsService)
      .openStation(
        { number, name: `АЗС № ${number}`, city: 'Псков', address: `ул. Труда, ${number}`, timeZone: 'Europe/Moscow' },
        SYSTEM,
      );
    const terminals = this.app.get(TerminalsService);
    const terminal = await terminals.installTerminal(station.id, 'Касса 1', SYSTEM);
    const { key } = await terminals.issueKey(terminal.id, SYSTEM);
    return { stationId: station.id, terminalId: terminal.id, till: this.app.pos(key) };
  }

  /** Numbers of printed cards, not sold yet. */
  async printCards(size = 1): Promise<string[]> {
    const batchId = await this.app.get(BatchService).printBatch({ title: `Тираж ${++this.made}`, size }, SYSTEM);
    const cards = await this.app.database.query<{ number: string }>('select number from card where batch_id = $1', [
      batchId,
    ]);
    return cards.map((card) => card.number);
  }

  /** The number of a card that this till has sold. */
  async sellCard(till: Pos): Promise<string> {
    const [number = ''] = await this.printCards();
    const answer = await till.sale(number);
    if (answer.status !== 201) throw new Error(`not sold: ${answer.status} ${answer.text}`);
    return number;
  }

  /** A card that this till has sold and its buyer, whose phone is confirmed, has activated. */
  async activeCard(till: Pos): Promise<{ number: string; customerId: string; phone: string }> {
    const number = await this.sellCard(till);
    return { number, ...(await this.activate(number)) };
  }

  /** An active card with 100.00 points, earned at this till. */
  async richCard(till: Pos): Promise<string> {
    const { number } = await this.activeCard(till);
    const earned = await till.purchase({ card: number, sum: '10000.00' });
    if (earned.status !== 201) throw new Error(`not registered: ${earned.status} ${earned.text}`);
    return number;
  }

  /** Joins a sold card to the customer of this phone, as the right code on the page would. */
  async activate(number: string, phone = this.newPhone()): Promise<{ customerId: string; phone: string }> {
    const application = { id: newId(), codeId: newId(), kind: 'plastic', cardNumber: number, phone } as const;
    const person = { name: 'Ирина', surname: 'Петрова' };
    const { customerId } = await this.app
      .get(Database)
      .transaction((sql) =>
        this.app.get(Activation).activateCard(sql, { ...application, person, mailings: false }, 'ru'),
      );
    return { customerId, phone };
  }

  /** A member of staff who accepted an invitation. */
  async hire(role: StaffRole): Promise<{ id: string; email: string; password: string }> {
    const email = `${role}${++this.made}@example.org`;
    const password = 'correct horse battery staple';
    const invitations = this.app.get(Invitations);
    const link = await invitations.invite({ email, role }, SYSTEM);
    const token = link.slice(link.lastIndexOf('/') + 1);
    const id = await invitations.accept(token, { name: `Сотрудник ${this.made}`, password, ip: '127.0.0.1' });
    return { id, email, password };
  }
}
