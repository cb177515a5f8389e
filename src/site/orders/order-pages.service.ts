import { Injectable } from '@nestjs/common';
import { Secrets } from '../../auth/secrets.service.js';
import type { Language } from '../../infra/i18n/texts.js';
import { followedView } from '../../orders/application/followed-order.js';
import { OrderFollowers } from '../../orders/application/order-followers.service.js';
import { type OrderChoices, OrderOffers } from '../../orders/application/order-offers.service.js';

/** What the public pages about orders show. */
@Injectable()
export class OrderPages {
  constructor(
    private readonly followers: OrderFollowers,
    private readonly offers: OrderOffers,
    private readonly secrets: Secrets,
  ) {}

  choices(language: Language): Promise<OrderChoices> {
    return this.offers.choices(language);
  }

  /** Throws OrderNotFound for a link that opens nothing. */
  async followed(token: string, language: Language): Promise<object> {
    const order = await this.followers.follow(token);
    return {
      ...followedView(order, await this.followers.steps(order.id), language),
      cancelPath: `/orders/${token}/cancellation`,
      againPath: `/tariffs/${order.tariffSlug}#order`,
    };
  }

  browserDigest(visitor: string | null): Buffer | null {
    return visitor === null ? null : this.secrets.digest('browser', 'order', visitor);
  }
}
