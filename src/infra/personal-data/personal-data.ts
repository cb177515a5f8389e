import { Injectable } from '@nestjs/common';
import type { Sql } from '../database/sql.js';

/** One person: themselves and whoever was merged into them. */
export interface Person {
  id: string;
  ids: readonly string[];
}

/** A record as its owner reads it: names and values, nothing secret; money and points as decimals, times in ISO 8601. */
export type DataRow = Record<string, unknown>;

/** What one room holds about a person under one heading, `data-export:parts.<name>`. */
export interface DataPart {
  name: string;
  /** Bit by bit: a history may be long. */
  rows(person: Person): AsyncIterable<DataRow>;
}

/** Somebody who leaves, with the phones and e-mail addresses that lead to them until then. */
export interface Leaver extends Person {
  addresses: readonly string[];
}

/** What one room does when somebody's data go; all in one transaction, in any order, the logins locked. */
export interface Eraser {
  /** Why it cannot be yet, as keys of `deletion:obstacles`. */
  obstacles?(sql: Sql, person: Person): Promise<string[]>;
  /** Names, addresses and words go; books keep their ids. Once more does no harm. */
  erase(sql: Sql, leaver: Leaver): Promise<void>;
}

/** The rooms say at start what they hold about people; whoever gives it out or erases it knows none of them. */
@Injectable()
export class PersonalData {
  private readonly known: DataPart[] = [];
  private readonly erasing: Eraser[] = [];

  on(...parts: DataPart[]): void {
    for (const part of parts) {
      if (this.known.some(({ name }) => name === part.name)) throw new Error(`two rooms hold “${part.name}”`);
      this.known.push(part);
    }
  }

  erasedBy(eraser: Eraser): void {
    this.erasing.push(eraser);
  }

  get erasers(): readonly Eraser[] {
    return this.erasing;
  }

  get parts(): readonly DataPart[] {
    return this.known;
  }
}
