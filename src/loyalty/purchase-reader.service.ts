import { Injectable } from '@nestjs/common';
import { CardRegister } from '../cards/card-register.service.js';
import type { Sql } from '../infra/database/sql.js';
import { parseDecimal } from '../shared/decimal.js';
import { DomainError } from '../shared/domain-error.js';
import type { PricedLine } from './pricing.js';
import type { Purchase } from './purchase.js';
import type { StoredRule } from './purchase.writes.js';
import { PointsReader } from './points-reader.service.js';

interface PurchaseRow {
  id: string;
  state: Purchase['state'];
  card_number: string;
  total_kopecks: string;
  redeemed_hundredths: string;
  earned_hundredths: string;
}

interface LineRow {
  category: PricedLine['category'];
  sum_kopecks: string;
  discount_kopecks: string;
  earned_hundredths: string;
  rules: StoredRule[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Finds registered purchases. */
@Injectable()
export class PurchaseReader {
  constructor(
    private readonly cards: CardRegister,
    private readonly points: PointsReader,
  ) {}

  /** A purchase of this station, with today's balance; another station's is `purchase_not_found`. */
  async ofStation(sql: Sql, stationId: string, id: string, now: Date): Promise<Purchase> {
    const [row] = UUID.test(id) ? await this.select(sql, stationId, id) : [];
    if (row === undefined) {
      throw new DomainError('purchase_not_found', 'not_found');
    }
    const card = (await this.cards.byNumbers(sql, [row.card_number])).get(row.card_number)!;
    return {
      id: row.id,
      state: row.state,
      card,
      priced: {
        lines: (await this.lines(sql, row.id)).map(toLine),
        totalKopecks: BigInt(row.total_kopecks),
        redeemedHundredths: BigInt(row.redeemed_hundredths),
        earnedHundredths: BigInt(row.earned_hundredths),
      },
      balance: await this.points.balance(sql, card.accountId, now),
    };
  }

  private select(sql: Sql, stationId: string, id: string): Promise<PurchaseRow[]> {
    return sql.query<PurchaseRow>(
      `select id, state, card_number, total_kopecks, redeemed_hundredths, earned_hundredths
       from purchase where id = $1 and station_id = $2`,
      [id, stationId],
    );
  }

  private lines(sql: Sql, purchaseId: string): Promise<LineRow[]> {
    return sql.query<LineRow>(
      `select category, sum_kopecks, discount_kopecks, earned_hundredths, rules
       from purchase_line where purchase_id = $1 order by index`,
      [purchaseId],
    );
  }
}

function toLine(row: LineRow): PricedLine {
  return {
    category: row.category,
    sumKopecks: BigInt(row.sum_kopecks),
    discountKopecks: BigInt(row.discount_kopecks),
    earnedHundredths: BigInt(row.earned_hundredths),
    rules: row.rules.map(({ code, title, points }) => ({ code, title, pointsHundredths: parseDecimal(points, 2)! })),
  };
}
