import { Injectable } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { dayOf } from '../../infra/i18n/format.js';
import { Clock } from '../../shared/clock.js';
import { type ShownOperator, type ShownRow, type ShownTariff, shownOf } from './shown-tariff.js';
import { conditionsOf, MONTHLY, monthlyKopecks, orderOf, type TariffSearch } from './tariff-search.js';

export interface FoundTariffs {
  tariffs: ShownTariff[];
  /** Of all pages together. */
  count: number;
}

/** What the filters offer: only what leads somewhere. */
export interface CatalogueChoices {
  operators: (ShownOperator & { count: number })[];
  regions: string[];
}

const OPEN = `t.state = 'published' and (v.last_day is null or v.last_day >= $2::date)`;

/** Of each tariff the version that counts at `$1`; `$2` is that day at the programme's. `narrowed` leaves out others early. */
const shownWhere = (narrowed: string): string => `
  select t.id as tariff_id, v.id as version_id, t.slug, o.code as operator_code, o.name as operator_name,
         o.colour as operator_colour, o.position, v.origin, v.valid_from, ${OPEN} as open, v.name, v.audience,
         v.for_persons, v.region, v.price_kopecks, v.period, v.connection_fee_kopecks, v.minutes_kind, v.minutes,
         v.traffic_kind, v.traffic_megabytes, v.sms_kind, v.sms, v.extras, v.conditions, v.last_day,
         v.source, v.source_year, v.source_quality, ${MONTHLY} as monthly
  from (select distinct on (v.tariff_id) v.*
        from tariff_version v
        where v.state = 'published' and v.withdrawn_at is null and v.valid_from <= $1 and ${narrowed}
        order by v.tariff_id, v.valid_from desc, v.number desc) v
  join tariff t on t.id = v.tariff_id join operator o on o.id = t.operator_id`;

const SHOWN = shownWhere('true');

const MOST_REGIONS = 200;
const MOST_OF_OPERATOR = 500;

/** The tariffs that customers see. Which version counts is decided by the clock each time: nothing has to be switched. */
@Injectable()
export class Catalogue {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** One page of what new customers can have, from the first on. */
  async search(search: TariffSearch, { page, size }: { page: number; size: number }): Promise<FoundTariffs> {
    const { where, params } = conditionsOf(search, 5);
    const rows = await this.database.query<ShownRow & { count: string }>(
      `with shown as (${SHOWN} where ${OPEN})
       select *, count(*) over () as count from shown where ${where} order by ${orderOf(search)} limit $3 offset $4`,
      [...this.present(), size, (page - 1) * size, ...params],
    );
    if (rows.length === 0 && page > 1) return { tariffs: [], count: await this.count(search) };
    return { tariffs: rows.map(shownOf), count: Number(rows[0]?.count ?? 0) };
  }

  async count(search: TariffSearch): Promise<number> {
    const { where, params } = conditionsOf(search, 3);
    const [row] = await this.database.query<{ count: string }>(
      `with shown as (${SHOWN} where ${OPEN}) select count(*) from shown where ${where}`,
      [...this.present(), ...params],
    );
    return Number(row!.count);
  }

  /** Also one that is closed to new customers; null where there never was one to be seen. */
  async findBySlug(slug: string): Promise<ShownTariff | null> {
    // Whatever else somebody writes into an address is nobody's.
    return /^[a-z0-9_-]{1,80}$/.test(slug) ? ((await this.bySlugs([slug]))[0] ?? null) : null;
  }

  /** In the order of the given addresses; unknown ones are left out. */
  async bySlugs(slugs: readonly string[]): Promise<ShownTariff[]> {
    const rows = await this.database.query<ShownRow>(
      `${shownWhere('v.tariff_id in (select id from tariff where slug = any($3))')}
       where t.state <> 'draft' order by array_position($3::text[], t.slug)`,
      [...this.present(), slugs],
    );
    return rows.map(shownOf);
  }

  /** What a subscriber of this operator can be moved to, by name. Within the caller's transaction where there is one. */
  async ofOperator(operatorId: string, sql: Sql = this.database): Promise<ShownTariff[]> {
    const rows = await sql.query<ShownRow>(
      `${shownWhere('v.tariff_id in (select id from tariff where operator_id = $3)')}
       where ${OPEN} order by lower(v.name), t.slug limit ${MOST_OF_OPERATOR}`,
      [...this.present(), operatorId],
    );
    return rows.map(shownOf);
  }

  /** Other tariffs of the same operator for the same device, those that cost about as much first. */
  async similarTo(tariff: ShownTariff, most: number): Promise<ShownTariff[]> {
    const rows = await this.database.query<ShownRow>(
      `with shown as (${SHOWN} where ${OPEN})
       select * from shown where operator_code = $3 and audience = $4 and slug <> $5
       order by abs(monthly - coalesce($6::bigint, 0)) nulls last, slug limit $7`,
      [
        ...this.present(),
        tariff.operator.code,
        tariff.audience,
        tariff.slug,
        monthlyKopecks(tariff.priceKopecks, tariff.period),
        most,
      ],
    );
    return rows.map(shownOf);
  }

  /** One of each of several operators, the one that people most likely want: much for a month of a phone. */
  async showcase(most: number): Promise<ShownTariff[]> {
    const rows = await this.database.query<ShownRow>(
      `with shown as (${SHOWN} where ${OPEN})
       select * from (
         select distinct on (operator_code) * from shown
         where audience = 'phone' and period = 'month' and price_kopecks is not null
           and minutes_kind in ('amount', 'unlimited') and traffic_kind in ('amount', 'unlimited')
         order by operator_code, monthly, slug) one
       order by position, slug limit $3`,
      [...this.present(), most],
    );
    return rows.map(shownOf);
  }

  async choices(): Promise<CatalogueChoices> {
    const [operators, regions] = await Promise.all([
      this.database.query<ShownOperator & { count: number }>(
        `with shown as (${SHOWN} where ${OPEN})
         select operator_code as code, operator_name as name, operator_colour as colour, count(*)::int as count
         from shown group by 1, 2, 3, position order by position, operator_name`,
        this.present(),
      ),
      this.database.query<{ region: string }>(
        `with shown as (${SHOWN} where ${OPEN})
         select region from shown where region is not null group by 1 order by 1 limit ${MOST_REGIONS}`,
        this.present(),
      ),
    ]);
    return { operators, regions: regions.map(({ region }) => region) };
  }

  /** Addresses of what new customers can have, with when each began to be so. */
  addresses(most: number): Promise<{ slug: string; valid_from: string }[]> {
    return this.database.query(
      `with shown as (${SHOWN} where ${OPEN}) select slug, valid_from from shown order by slug limit $3`,
      [...this.present(), most],
    );
  }

  private present(): [Date, string] {
    const now = this.clock.now();
    return [now, dayOf(now, this.config.timeZone)];
  }
}
