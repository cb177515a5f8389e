import type { Response } from 'supertest';
import type { TestApp } from '../support/app.js';
import type { Fields, Visitor } from '../support/visitor.js';

export interface Asked {
  /** `/callback/…` */
  path: string;
  phone: string;
  id: string;
  visitor: Visitor;
}

/** Fills the form in as a person does, who needs a few seconds for it. */
export async function sendForm(app: TestApp, visitor: Visitor, fields: Fields = {}): Promise<Response> {
  const page = await visitor.open('/callback?from=/help');
  app.clock.advance({ seconds: 5 });
  return visitor.submit(page, { topic: 'card', callbackConsent: 'on', ...fields }, '/callback');
}

/** Somebody asked to be called. */
export async function askForCall(app: TestApp, fields: Fields = {}, visitor = app.visitor()): Promise<Asked> {
  const phone = fields['phone'] ?? app.world.newPhone();
  const answer = await sendForm(app, visitor, { ...fields, phone });
  if (answer.status !== 303) throw new Error(`not asked: ${answer.status} ${answer.text}`);
  const [callback] = await app.database.query<{ id: string }>(
    'select id from callback where phone = $1 order by asked_at desc limit 1',
    [phone],
  );
  return { path: String(answer.headers.location), phone, id: callback!.id, visitor };
}

export interface CallbackState {
  state: string;
  version: number;
  due: string;
  at_chosen_time: boolean;
  missed: number;
  outcome: string | null;
}

export async function stateOf(app: TestApp, id: string): Promise<CallbackState> {
  const [row] = await app.database.query<CallbackState>(
    `select state, version, to_char(due_at at time zone 'Europe/Moscow', 'DD HH24:MI') as due, at_chosen_time, missed, outcome
     from callback where id = $1`,
    [id],
  );
  return row!;
}
