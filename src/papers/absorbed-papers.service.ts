import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Customers } from '../customers/customers.service.js';

/** When two customers are merged, the papers of the absorbed one stand in the survivor's cabinet. */
@Injectable()
export class AbsorbedPapers implements OnModuleInit {
  constructor(private readonly customers: Customers) {}

  onModuleInit(): void {
    this.customers.whenAbsorbed(async (sql, { fromId, intoId }) => {
      await sql.query('update paper set customer_id = $2 where customer_id = $1', [fromId, intoId]);
    });
  }
}
