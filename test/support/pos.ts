import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';

export interface Line {
  category: string;
  sum: string;
  sku?: string;
  name?: string;
  price?: string;
  quantity?: string;
}

export interface PurchaseBody {
  card: string;
  receipt: { number: string; at: string };
  lines: Line[];
  redeem?: string;
  proof?: string;
  hold?: boolean;
  cashier?: string;
}

/** What a test says of a purchase; the rest is an ordinary receipt of this moment. */
export type PurchaseInput = Partial<PurchaseBody> & { card: string; sum?: string };

export type RefundInput = { sum: string } | { lines: { index: number; quantity: string }[] };

export interface CallOptions {
  /** The Idempotency-Key; a fresh one each call unless given, none with null. */
  key?: string | null;
}

/** A cash register with its key, speaking to any address: the app in this process or another process. */
export class Pos {
  private receipts = 0;

  constructor(
    private readonly url: string,
    readonly terminalKey: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async card(number: string): Promise<Response> {
    return this.get(`/cards/${encodeURIComponent(number)}`);
  }

  async sale(number: string, options?: CallOptions): Promise<Response> {
    return this.post(`/cards/${number}/sale`, {}, options);
  }

  async quote(input: PurchaseInput): Promise<Response> {
    return this.post('/purchases/quote', this.purchaseBody(input), { key: null });
  }

  async purchase(input: PurchaseInput, options?: CallOptions): Promise<Response> {
    return this.post('/purchases', this.purchaseBody(input), options);
  }

  /** The same purchase, held, must be finished by `confirm` or `cancel`. */
  async hold(input: PurchaseInput, options?: CallOptions): Promise<Response> {
    return this.purchase({ ...input, hold: true }, options);
  }

  async confirm(id: string, body: object = {}, options?: CallOptions): Promise<Response> {
    return this.post(`/purchases/${id}/confirm`, body, options);
  }

  async cancel(id: string, options?: CallOptions): Promise<Response> {
    return this.post(`/purchases/${id}/cancel`, {}, options);
  }

  async refund(id: string, what: RefundInput, options?: CallOptions): Promise<Response> {
    return this.post(`/purchases/${id}/refunds`, { receipt: this.receipt(), ...what }, options);
  }

  async findPurchase(id: string): Promise<Response> {
    return this.get(`/purchases/${id}`);
  }

  async batches(items: unknown[]): Promise<Response> {
    return this.post('/batches', { items }, { key: null });
  }

  /** The body that `purchase` sends: one line of fuel of 1000.00 unless told otherwise. */
  purchaseBody({ sum, ...input }: PurchaseInput): PurchaseBody {
    return {
      receipt: this.receipt(),
      lines: [{ category: 'fuel', sum: sum ?? '1000.00' }],
      ...input,
    };
  }

  /** Another receipt, of this moment. */
  receipt(): PurchaseBody['receipt'] {
    this.receipts++;
    return { number: `${this.receipts}-${randomUUID().slice(0, 8)}`, at: this.now().toISOString() };
  }

  async get(path: string): Promise<Response> {
    return request(this.url).get(`/api/pos/v1${path}`).set('Authorization', `Bearer ${this.terminalKey}`);
  }

  async post(path: string, body: unknown, { key = randomUUID() }: CallOptions = {}): Promise<Response> {
    const call = request(this.url).post(`/api/pos/v1${path}`).set('Authorization', `Bearer ${this.terminalKey}`);
    if (key !== null) void call.set('Idempotency-Key', key);
    return call.send(body as object);
  }
}
