import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { LineState } from '../../lines/line-state.js';
import { MOST_FOUND } from './found.js';

export interface FoundLine {
  id: string;
  number: string;
  state: LineState;
  operator: string;
  tariff: string;
}

export interface FoundTariff {
  id: string;
  name: string;
  operator: string;
}

/** After every digit that a number may go on with. */
const END = ':';
/** Versions looked at: whoever sees more types more. */
const MOST_VERSIONS = 500;
const WORDS = `to_tsvector('simple', translate(lower(name), 'ё', 'е'))`;

@Injectable()
export class TelecomSearchQueries {
  constructor(private readonly database: Database) {}

  /** Lines whose number, or one that they had before another came over, ends with these digits. */
  lines(digits: string): Promise<FoundLine[]> {
    const reversed = [...digits].reverse().join('');
    return this.database.query<FoundLine>(
      `with found as (
         (select id from line where reverse(number) collate "C" >= $1 and reverse(number) collate "C" < $2
          order by reverse(number) collate "C" limit ${MOST_FOUND + 1})
         union
         (select line_id from operator_task where kind = 'port' and state = 'done'
            and reverse(details ->> 'number') collate "C" >= $1 and reverse(details ->> 'number') collate "C" < $2
          order by reverse(details ->> 'number') collate "C" limit ${MOST_FOUND + 1}))
       select l.id, l.number, l.state, o.name as operator, v.name as tariff
       from found join line l on l.id = found.id
       join operator o on o.id = l.operator_id join tariff_version v on v.id = l.tariff_version_id
       order by l.state = 'ended', reverse(l.number) collate "C", l.id limit ${MOST_FOUND + 1}`,
      [reversed, reversed + END],
    );
  }

  /** Tariffs with a version, a draft included, whose name has words that begin with each of these: letters and digits alone. */
  tariffs(words: readonly string[]): Promise<FoundTariff[]> {
    return this.database.query<FoundTariff>(
      `select t.id, v.name, o.name as operator
       from (select distinct on (tariff_id) tariff_id, name from (
               select tariff_id, name, number from tariff_version where ${WORDS} @@ to_tsquery('simple', $1) limit ${MOST_VERSIONS}) fits
             order by tariff_id, number desc) v
       join tariff t on t.id = v.tariff_id join operator o on o.id = t.operator_id
       order by lower(v.name), t.id limit ${MOST_FOUND + 1}`,
      [words.map((word) => `${word}:*`).join(' & ')],
    );
  }
}
