import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import type { PurchaseCall } from '../loyalty/purchase.js';
import type { ReceiptLine, Redeem } from '../loyalty/receipt.js';
import { spendingPayload } from '../loyalty/spending/rotating-code.js';
import type { SpendingProof } from '../loyalty/spending/spending-policy.js';
import { SpendingProofs } from '../loyalty/spending/spending-proofs.service.js';
import { Clock } from '../shared/clock.js';
import { parseDecimal } from '../shared/decimal.js';
import { type FieldError, InvalidInput } from '../shared/domain-error.js';
import { categories, type Category } from '../stations/category.js';
import { CategoryCodes } from '../stations/category-codes.service.js';
import { cardReference } from './card-reference.js';
import { type LineDto, PurchaseDto, type ReceiptDto } from './dto/purchase.dto.js';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { validateBody } from './validate.js';

const OLDEST_RECEIPT_MS = 7 * 86_400_000;
const NEWEST_RECEIPT_MS = 2 * 86_400_000;

interface SaleDto {
  receipt?: ReceiptDto | null;
  lines?: LineDto[] | null;
}

interface SentSale {
  receipt: { number: string; at: Date } | null;
  lines: ReceiptLine[] | null;
}

/** Reads a purchase out of what the till sent; throws InvalidInput with every field at fault. */
@Injectable()
export class PurchaseCalls {
  constructor(
    private readonly database: Database,
    private readonly codes: CategoryCodes,
    private readonly proofs: SpendingProofs,
    private readonly clock: Clock,
  ) {}

  async read(terminal: TerminalIdentity, body: unknown): Promise<PurchaseCall> {
    const dto = validateBody(PurchaseDto, body);
    const { receipt, lines } = await this.readSale(terminal, dto);
    return {
      terminalId: terminal.terminalId,
      stationId: terminal.stationId,
      card: cardReference(dto.card),
      receiptNumber: receipt!.number,
      receiptAt: receipt!.at,
      lines: lines!,
      redeem: toRedeem(dto.redeem),
      hold: dto.hold ?? false,
      proof: await this.proofIn(terminal.terminalId, dto),
      cashier: dto.cashier ?? null,
    };
  }

  /** Receipt and lines, each where it was sent. */
  async readSale({ stationId }: TerminalIdentity, { receipt, lines }: SaleDto): Promise<SentSale> {
    const at = receipt ? new Date(receipt.at) : null;
    const categoryOf = await this.categoriesOf(stationId, lines ?? []);
    const faults = [
      ...(at === null ? [] : this.timeFaults(at)),
      ...(lines ?? []).flatMap((line, index) => lineFaults(line, `lines[${index}]`, categoryOf)),
    ];
    if (faults.length > 0) {
      throw new InvalidInput(faults);
    }
    return {
      receipt: receipt && at ? { number: receipt.number, at } : null,
      lines: lines?.map((line) => toLine(line, categoryOf.get(line.category)!)) ?? null,
    };
  }

  /** A code that was typed or scanned, or the QR code that stands for the card; undefined where none was given. */
  private async proofIn(terminalId: string, dto: PurchaseDto): Promise<SpendingProof | null | undefined> {
    if (toRedeem(dto.redeem) === 0n) {
      return undefined;
    }
    const card = cardReference(dto.card);
    const byCard = spendingPayload(dto.card) && (await this.proofs.examine({ terminalId, card, text: dto.card }));
    if (byCard || typeof dto.proof !== 'string') {
      return byCard ?? undefined;
    }
    return this.proofs.examine({ terminalId, card, text: dto.proof });
  }

  /** A till's clock may be wrong, but a receipt of last month is a mistake. */
  private timeFaults(receiptAt: Date): FieldError[] {
    const age = this.clock.now().getTime() - receiptAt.getTime();
    return age <= OLDEST_RECEIPT_MS && age >= -NEWEST_RECEIPT_MS ? [] : [{ path: 'receipt.at', code: 'receipt_time' }];
  }

  private async categoriesOf(stationId: string, lines: readonly LineDto[]): Promise<Map<string, Category>> {
    const known = new Map<string, Category>(categories.map((category) => [category, category]));
    const foreign = [...new Set(lines.map(({ category }) => category))].filter((code) => !known.has(code));
    const own = foreign.length === 0 ? [] : await this.codes.of(this.database, stationId, foreign);
    return new Map([...known, ...own]);
  }
}

function lineFaults(line: LineDto, path: string, categoryOf: Map<string, Category>): FieldError[] {
  const category = categoryOf.has(line.category) ? [] : [{ path: `${path}.category`, code: 'category' }];
  return [...category, ...pricedFaults(line, path)];
}

/** `price` and `quantity` come together, and their product is the sum to within a kopeck, as on real receipts. */
function pricedFaults({ sum, price, quantity }: LineDto, path: string): FieldError[] {
  const hasPrice = typeof price === 'string';
  const hasQuantity = typeof quantity === 'string';
  if (hasPrice !== hasQuantity) {
    return [{ path: `${path}.${hasPrice ? 'quantity' : 'price'}`, code: 'price_with_quantity' }];
  }
  if (!hasPrice || !hasQuantity) {
    return [];
  }
  const off = parseDecimal(price, 2)! * parseDecimal(quantity, 3)! - parseDecimal(sum, 2)! * 1000n;
  return off > 1000n || off < -1000n ? [{ path: `${path}.sum`, code: 'sum_of_price' }] : [];
}

function toLine({ sum, sku, name, price, quantity }: LineDto, category: Category): ReceiptLine {
  return {
    category,
    sumKopecks: parseDecimal(sum, 2)!,
    sku: sku ?? null,
    name: name ?? null,
    priceKopecks: typeof price === 'string' ? parseDecimal(price, 2) : null,
    quantityThousandths: typeof quantity === 'string' ? parseDecimal(quantity, 3) : null,
  };
}

function toRedeem(redeem: string | null | undefined): Redeem {
  return redeem === 'max' ? 'max' : parseDecimal(redeem ?? '0', 2)!;
}
