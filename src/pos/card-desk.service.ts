import { Injectable } from '@nestjs/common';
import type { TerminalIdentity } from '../auth/api-keys/api-keys.service.js';
import { CardSales } from '../cards/sale.service.js';
import { Clock } from '../shared/clock.js';
import { formatDecimal } from '../shared/decimal.js';
import { DomainError } from '../shared/domain-error.js';
import { CashierDto } from './dto/purchase.dto.js';
import type { KeyedCall } from './idempotency.service.js';
import { type GivenAnswer, KeyedWrites, type Success, type Work } from './keyed-writes.service.js';
import { UnknownCards } from './unknown-cards.service.js';
import { validateBody } from './validate.js';

interface SaleCall {
  number: string;
  terminalId: string;
  cashier: string | null;
}

/** Where tills sell cards. */
@Injectable()
export class CardDesk {
  constructor(
    private readonly writes: KeyedWrites,
    private readonly sales: CardSales,
    private readonly unknownCards: UnknownCards,
    private readonly clock: Clock,
  ) {}

  /** Sells a printed card once per key. */
  async sell(terminal: TerminalIdentity, call: KeyedCall, number: string, body: unknown): Promise<GivenAnswer> {
    const { terminalId } = terminal;
    const input = (): SaleCall => {
      const { cashier } = validateBody(CashierDto, body === undefined ? {} : body);
      return { number, terminalId, cashier: cashier ?? null };
    };
    return this.writes.whileBusy(async () => {
      const [answer] = await this.writes.answerAll([{ ...call, input }], this.sellAll);
      if (answer instanceof Error) {
        throw answer;
      }
      return answer!;
    });
  }

  private readonly sellAll: Work<SaleCall> = async (sql, inputs) => {
    const answers: (Success | DomainError)[] = [];
    for (const input of inputs) {
      const sale = this.sales.sellCard(sql, { ...input, soldAt: this.clock.now() });
      answers.push(await sale.then(saleAnswer, (error: unknown) => this.refused(input.terminalId, error)));
    }
    return answers;
  };

  private async refused(terminalId: string, error: unknown): Promise<DomainError> {
    if (error instanceof DomainError) {
      return this.unknownCards.count(terminalId, error);
    }
    throw error;
  }
}

function saleAnswer({ number, priceKopecks }: { number: string; priceKopecks: bigint }): Success {
  return { status: 201, body: { number, state: 'sold', price: formatDecimal(priceKopecks) } };
}
