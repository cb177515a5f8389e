import { Injectable } from '@nestjs/common';
import type { Language } from '../infra/i18n/texts.js';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { burningPage, movePage, type OperationPage, purchasePage, refundPage } from './operation.views.js';
import { OperationDetailQueries } from './queries/operation.queries.js';

/** `/cabinet/points/:id`: a purchase, a refund, a burning or a move with everything that made it. */
@Injectable()
export class OperationPages {
  constructor(
    private readonly queries: OperationDetailQueries,
    private readonly clock: Clock,
  ) {}

  async operation(customerId: string, id: string, language: Language): Promise<OperationPage> {
    return (
      (await this.purchase(customerId, id, language)) ??
      (await this.refund(customerId, id, language)) ??
      (await this.movement(customerId, id, language))
    );
  }

  private async purchase(customerId: string, id: string, language: Language): Promise<OperationPage | null> {
    const purchase = await this.queries.purchase(customerId, id);
    if (!purchase) return null;
    const [lines, draws, left, refunds] = await Promise.all([
      this.queries.lines(id),
      this.queries.drawsOfPurchase(id),
      this.queries.leftOf(customerId, id, this.clock.now()),
      this.queries.refunds(id),
    ]);
    return purchasePage({ purchase, lines, draws, left, refunds }, language);
  }

  private async refund(customerId: string, id: string, language: Language): Promise<OperationPage | null> {
    const refund = await this.queries.refund(customerId, id);
    return refund && refundPage(refund, language);
  }

  private async movement(customerId: string, id: string, language: Language): Promise<OperationPage> {
    const movement = await this.queries.movement(customerId, id);
    if (!movement) throw new DomainError('operation_not_found', 'not_found');
    const draws = await this.queries.drawsOfMovement(id);
    return movement.kind === 'burning' ? burningPage(movement, draws, language) : movePage(movement, draws, language);
  }
}
