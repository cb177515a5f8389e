import type { AllowanceKind, Audience, Period, TariffTerms } from '../tariff-terms.js';
import type { VersionOrigin } from '../tariff-version.entity.js';

export interface ShownOperator {
  code: string;
  name: string;
  /** `#00985f` */
  colour: string;
}

/** A tariff as customers read it: the version in force. */
export interface ShownTariff extends TariffTerms {
  tariffId: string;
  versionId: string;
  slug: string;
  operator: ShownOperator;
  origin: VersionOrigin;
  validFrom: Date;
  /** Whether a new customer can have it. */
  open: boolean;
}

/** A row of `SHOWN_COLUMNS`. */
export interface ShownRow {
  tariff_id: string;
  version_id: string;
  slug: string;
  operator_code: string;
  operator_name: string;
  operator_colour: string;
  origin: VersionOrigin;
  valid_from: string;
  open: boolean;
  name: string;
  audience: Audience;
  for_persons: boolean;
  region: string | null;
  price_kopecks: string | null;
  period: Period;
  connection_fee_kopecks: string | null;
  minutes_kind: AllowanceKind;
  minutes: number | null;
  traffic_kind: AllowanceKind;
  traffic_megabytes: number | null;
  sms_kind: AllowanceKind;
  sms: number | null;
  extras: string[];
  conditions: string | null;
  last_day: string | null;
  source: string | null;
  source_year: number | null;
  source_quality: TariffTerms['sourceQuality'];
}

export function shownOf(row: ShownRow): ShownTariff {
  return {
    ...{ tariffId: row.tariff_id, versionId: row.version_id, slug: row.slug, origin: row.origin, open: row.open },
    operator: { code: row.operator_code, name: row.operator_name, colour: row.operator_colour },
    validFrom: new Date(row.valid_from),
    ...{ name: row.name, audience: row.audience, forPersons: row.for_persons, region: row.region },
    ...{ priceKopecks: kopecks(row.price_kopecks), period: row.period },
    connectionFeeKopecks: kopecks(row.connection_fee_kopecks),
    ...{ minutesKind: row.minutes_kind, minutes: row.minutes },
    ...{ trafficKind: row.traffic_kind, trafficMegabytes: row.traffic_megabytes },
    ...{ smsKind: row.sms_kind, sms: row.sms, extras: row.extras, conditions: row.conditions },
    ...{ lastDay: row.last_day, source: row.source, sourceYear: row.source_year, sourceQuality: row.source_quality },
  };
}

function kopecks(digits: string | null): bigint | null {
  return digits === null ? null : BigInt(digits);
}
