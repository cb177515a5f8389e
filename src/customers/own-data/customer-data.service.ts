import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Sql } from '../../infra/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { type Eraser, type Leaver, PersonalData } from '../../infra/personal-data/personal-data.js';
import { sqlPart } from '../../infra/personal-data/sql-part.js';

const PROFILE = `
  select c.id as key, json_build_object('surname', c.surname, 'firstName', c.name, 'patronymic', c.patronymic,
    'birthDate', c.birth_date, 'sex', c.sex, 'email', c.email, 'emailConfirmedAt', c.email_confirmed_at,
    'language', c.language, 'joinedAt', c.created_at) as row
  from customer c where c.id = any($1) and ($2::uuid is null or c.id > $2::uuid) order by c.id`;
const CONSENTS = `
  select c.id as key, json_build_object('kind', c.kind, 'textVersion', c.text_version, 'source', c.source,
    'givenAt', c.given_at, 'withdrawnAt', c.withdrawn_at) as row
  from consent c where c.customer_id = any($1) and ($2::uuid is null or c.id > $2::uuid) order by c.id`;
const CHOICES = `
  select customer_id || topic as key, json_build_object('topic', topic, 'channel', channel, 'chosenAt', chosen_at) as row
  from notification_choice where customer_id = any($1) and ($2::text is null or customer_id || topic > $2::text)
  order by customer_id || topic`;

/** The person: profile, consents, what they choose to hear. */
@Injectable()
export class CustomerData implements Eraser, OnModuleInit {
  constructor(
    private readonly personal: PersonalData,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.personal.on(
      sqlPart(this.database, 'profile', PROFILE),
      sqlPart(this.database, 'consents', CONSENTS),
      sqlPart(this.database, 'notifications', CHOICES),
    );
    this.personal.erasedBy(this);
  }

  /** That there were consents stays on record, withdrawn. */
  async erase(sql: Sql, { ids }: Leaver): Promise<void> {
    const now = this.clock.now();
    await sql.query(
      `update customer set surname = null, name = null, patronymic = null, birth_date = null, sex = null, email = null
       where id = any($1)`,
      [ids],
    );
    await sql.query('delete from email_confirmation where customer_id = any($1)', [ids]);
    await sql.query('update consent set withdrawn_at = $2 where customer_id = any($1) and withdrawn_at is null', [
      ids,
      now,
    ]);
    await sql.query('delete from notification_choice where customer_id = any($1)', [ids]);
  }
}
