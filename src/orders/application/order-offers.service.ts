import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Language, text } from '../../infra/i18n/texts.js';
import { simKinds } from '../../sims/stock/sim-state.js';
import { WAYS } from '../order.js';

export interface Choice {
  value: string;
  name: string;
}

/** What the forms that order a SIM card offer. */
export interface OrderChoices {
  ways: Choice[];
  offices: Choice[];
  simKinds: Choice[];
}

@Injectable()
export class OrderOffers {
  constructor(private readonly database: Database) {}

  async choices(language: Language): Promise<OrderChoices> {
    const offices = await this.database.query<{ id: string; name: string; address: string }>(
      'select id, name, address from office where closed_at is null order by name limit 200',
    );
    const ways = offices.length > 0 ? WAYS : WAYS.filter((way) => way === 'delivery');
    return {
      ways: ways.map((value) => ({ value, name: text(language, `orders:ways.${value}`) })),
      offices: offices.map(({ id, name, address }) => ({ value: id, name: address ? `${name}: ${address}` : name })),
      simKinds: simKinds.map((value) => ({ value, name: text(language, `orders:simKinds.${value}`) })),
    };
  }
}
