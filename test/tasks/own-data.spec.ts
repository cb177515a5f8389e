import { Database } from '../../src/infra/database/database.js';
import { Lines } from '../../src/lines/lines.service.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { IncomingFiles } from '../../src/tasks/exchange/incoming-files.service.js';
import { OutgoingFiles } from '../../src/tasks/exchange/outgoing-files.service.js';
import { TaskDesk } from '../../src/tasks/desk/task-desk.service.js';
import { customerWithPassword, PASSWORD } from '../auth/people.js';
import { subscriber } from '../lines/subscriber.js';
import { operatorId } from '../sims/deliveries.js';
import { useApp } from '../support/app.js';
import { textOf } from '../support/visitor.js';
import { agree, ask, taskRow, TELECOM } from './asking.js';

const app = useApp({ env: TELECOM });
const EXPORT = '/cabinet/profile/export';
const DELETION = '/cabinet/profile/deletion';
const PDF = Buffer.from('%PDF-1.4 Анна Редкая');

it('what operators were asked for is given out, and its words go with their customer', async () => {
  const { id: clerkId } = await app.world.hire('operator');
  const clerk = await app.signInStaff(await app.world.hire('operator'));
  const line = await subscriber(app, await customerWithPassword(app));
  const byHand = await ask(app, 'suspend', line);
  const completion = {
    words: 'Абонент Редкая просила сама',
    reference: 'Р-1',
    proof: { name: 'Редкая.pdf', bytes: PDF },
  };
  await app.get(TaskDesk).done({ id: byHand.id, revision: 1, clerkId }, completion);
  await agree(app, 'files');
  const byFile = await ask(app, 'resume', line);
  const operator = await operatorId(app);
  const out = await app.get(OutgoingFiles).gather(operator, SYSTEM);
  await app.get(OutgoingFiles).deliverNext(operator, () => Promise.resolve());
  const bytes = Buffer.from(`task;result;message\n${byFile.number};refused;Редкая в списке`);
  const { id: came } = await app.get(IncomingFiles).keep({ operatorId: operator, name: 'r.csv', bytes, staffId: null });
  await app.get(IncomingFiles).take(came, SYSTEM);

  const owner = await app.signInCustomer({ phone: line.phone, password: PASSWORD });
  const file = await owner.submit(EXPORT, { password: PASSWORD, format: 'json' }, EXPORT);
  const { operatorTasks } = (JSON.parse(file.text) as { parts: Record<string, unknown[]> }).parts;
  expect(operatorTasks).toMatchObject([
    { kind: 'suspend', phone: line.number, operator: 'МегаФон', state: 'done', answer: 'Абонент Редкая просила сама' },
    { kind: 'resume', state: 'refused', answer: 'Редкая в списке' },
  ]);

  await app.get(Database).transaction((sql) => app.get(Lines).end(sql, line.lineId, 'переехала', SYSTEM));
  expect((await owner.submit(DELETION, { password: PASSWORD }, DELETION)).status).toBe(303);
  app.clock.shift({ days: 8 });
  await app.runDue();
  expect(await taskRow(app, byHand.id)).toMatchObject({ state: 'done', reference: null });
  const left = await app.database.query(
    `select words from operator_task_event where task_id = any($1) and words is not null
     union all select name from operator_task_proof where task_id = any($1)`,
    [[byHand.id, byFile.id]],
  );
  expect(left).toEqual([]);
  const files = await app.database.query('select bytes from operator_file where id = any($1)', [[out, came]]);
  expect(files).toEqual([{ bytes: null }, { bytes: null }]);
  expect(textOf(await clerk.open(`/admin/tasks/files/${came}`))).toContain('Содержимое стёрто');
  expect((await clerk.get(`/admin/tasks/files/${came}.csv`)).status).toBe(404);
});
