import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { SYSTEM } from '../../src/shared/actor.js';
import { ExchangeFolder } from '../../src/tasks/exchange/exchange-folder.js';
import { IncomingFiles } from '../../src/tasks/exchange/incoming-files.service.js';
import { OperatorExchange } from '../../src/tasks/exchange/operator-exchange.service.js';
import { OutgoingFiles } from '../../src/tasks/exchange/outgoing-files.service.js';
import { operatorId } from '../sims/deliveries.js';
import { TestApp, useApp } from '../support/app.js';
import { page, textOf, type Visitor } from '../support/visitor.js';
import { agree, ask, happened, taskRow, TELECOM } from './asking.js';

const root = mkdtempSync(join(tmpdir(), 'smartcard-exchange-'));
const env = { ...TELECOM, OPERATOR_EXCHANGE_DIR: root };
const app = useApp({ env });
const home = join(root, 'megafon');
let clerk: Visitor;
let operator: string;

beforeAll(async () => {
  clerk = await app.signInStaff(await app.world.hire('operator'));
  operator = await operatorId(app);
  await agree(app, 'files');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The next minute's run. */
async function minute(): Promise<void> {
  app.clock.shift({ minutes: 1 });
  await app.runDue();
}

/** An answer lies in the folder; it is taken when it has looked the same twice. */
async function answer(name: string, content: string | Buffer): Promise<void> {
  writeFileSync(join(home, 'in', name), content);
  await minute();
  await minute();
}

function sentRows(): Record<string, string>[] {
  const names = readdirSync(join(home, 'out'));
  return names.flatMap((name) => {
    const rows: Record<string, string>[] = parse(readFileSync(join(home, 'out', name)), {
      bom: true,
      columns: true,
      delimiter: ';',
    });
    return rows.map((row) => ({ ...row, file: name }));
  });
}

const rowsOf = (number: string) => sentRows().filter(({ task }) => task === number);
const audited = async () => {
  const rows = await app.database.query<{ action: string }>(
    `select action from audit_log where action like 'operator_file.%' order by seq desc limit 2`,
  );
  return rows.map(({ action }) => action);
};
const lies = (...path: string[]) => existsSync(join(home, ...path));
const faultsOf = async (name: string) => {
  const [file] = await app.database.query<{ faults: { line: number; code: string }[] }>(
    `select faults from operator_file where name = $1 and direction = 'in' order by number desc limit 1`,
    [name],
  );
  return file?.faults.map(({ line, code }) => `${line} ${code}`);
};

describe('the exchange of files by folders', () => {
  it('sends what waits in one file, and takes what the operator answers', async () => {
    const [done, refused, slow] = [await ask(app), await ask(app, 'resume'), await ask(app, 'activate')];
    expect(await taskRow(app, done.id)).toMatchObject({ channel: 'files', state: 'waiting' });
    await minute();
    const [row] = rowsOf(done.number);
    expect(row).toMatchObject({ kind: 'suspend', number: done.line.number.slice(1), attempt: '1' });
    expect(rowsOf(slow.number)[0]).toMatchObject({ kind: 'activate', tariff: 'Без переплат', file: row!['file'] });
    expect(readdirSync(join(home, 'out')).filter((name) => !/^tasks-\d+\.csv$/.test(name))).toEqual([]);
    expect(await taskRow(app, done.id)).toMatchObject({ state: 'sent', attempts: 1 });
    await minute();
    expect(rowsOf(done.number)).toHaveLength(1);

    await answer(
      'first.csv',
      Buffer.concat([
        Buffer.from(
          `task;result;at;reference;message\r\n${done.number};done;15.06.2026 12:38;МФ-1;\r\n${refused.number};refused;;;`,
        ),
        Buffer.from(`\r\n${slow.number};accepted;;МФ-2;\r\n`),
      ]),
    );
    expect(await taskRow(app, done.id)).toMatchObject({ state: 'done', reference: 'МФ-1' });
    expect(await taskRow(app, refused.id)).toMatchObject({ state: 'refused' });
    expect(await taskRow(app, slow.id)).toMatchObject({ state: 'sent', reference: 'МФ-2' });
    expect([lies('in', 'first.csv'), lies('in', 'done', 'first.csv')]).toEqual([false, true]);
    expect(textOf(await clerk.open(done.path))).toContain('по словам оператора, 15 июня');
    expect(textOf(await clerk.open(done.path))).toContain('first.csv');

    await answer('again.csv', `task,result\n${done.number},done\n${refused.number},done\n99999999,done\n,done`);
    expect(await faultsOf('again.csv')).toEqual(['3 closed', '4 unknown', '5 task']);
    expect(lies('in', 'faulty', 'again.csv')).toBe(true);
    expect(await happened(app, done.id)).toEqual(['opened', 'sent', 'done']);
    await answer('activated.csv', `task\tresult\n${slow.number}\tdone`);
    const [line] = await app.database.query('select state from line where id = $1', [slow.line.lineId]);
    expect(line).toEqual({ state: 'active' });
  });

  it('tries three times, half an hour apart, and then asks a clerk', async () => {
    const task = await ask(app);
    await minute();
    for (const attempt of [1, 2, 3]) {
      expect(
        rowsOf(task.number)
          .map((row) => row['attempt'])
          .sort(),
      ).toEqual([1, 2, 3].slice(0, attempt).map(String));
      await answer(
        `failed-${attempt}.csv`,
        `task;result;attempt;message\n${task.number};failed;${attempt};Сбой ${attempt}`,
      );
      expect(await taskRow(app, task.id)).toMatchObject({ state: 'waiting', attempts: attempt });
      await minute();
      expect(rowsOf(task.number)).toHaveLength(attempt);
      app.clock.shift({ minutes: 30 });
      await minute();
    }
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'waiting', channel: 'clerk', attempts: 3 });
    expect((await happened(app, task.id)).slice(-2)).toEqual(['failed', 'handed_to_clerk']);
    // What the operator says late is heard all the same.
    await answer('late.csv', `task;result\n${task.number};done`);
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'done' });
  });

  it('loses no file and sends no task twice, wherever it is killed', async () => {
    const outgoing = app.get(OutgoingFiles);
    const [first, second] = [await ask(app), await ask(app)];
    // Killed right after the commit: the tasks are sent, and nothing lies in the folder.
    await outgoing.gather(operator, SYSTEM);
    expect([await taskRow(app, first.id), rowsOf(first.number)]).toMatchObject([{ state: 'sent' }, []]);
    await minute();
    expect(rowsOf(first.number)).toHaveLength(1);
    expect(rowsOf(second.number)).toHaveLength(1);

    // Killed in the middle of the draft, and then between the rename and the commit.
    const third = await ask(app);
    await outgoing.gather(operator, SYSTEM);
    const folder = await ExchangeFolder.open(root, 'megafon');
    let laid = '';
    const killed = outgoing.deliverNext(operator, async ({ name, bytes }) => {
      writeFileSync(join(home, 'out', `.${name}.part`), bytes.subarray(0, 20));
      await folder.lay(name, bytes);
      laid = name;
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    const before = readFileSync(join(home, 'out', laid));
    await minute();
    expect(readFileSync(join(home, 'out', laid))).toEqual(before);
    expect(rowsOf(third.number)).toHaveLength(1);
    expect(await taskRow(app, third.id)).toMatchObject({ state: 'sent', attempts: 1 });
    const open = await app.database.query(`select from operator_file where finished_at is null`);
    expect(open).toEqual([]);
    expect(readdirSync(join(home, 'out')).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('goes on in the middle of a file of answers, and takes no row twice', async () => {
    const [one, two] = [await ask(app), await ask(app)];
    await minute();
    const bytes = Buffer.from(`task;result\n${one.number};failed\n${two.number};failed`);
    const incoming = app.get(IncomingFiles);
    const { id } = await incoming.keep({ operatorId: operator, name: 'half.csv', bytes, staffId: null });
    await incoming.take(id, SYSTEM);
    // As if the process had been killed before it could say that the file is done, and the first task had gone out again.
    await app.database.query('update operator_file set finished_at = null where id = $1', [id]);
    app.clock.shift({ minutes: 30 });
    await app.get(OutgoingFiles).gather(operator, SYSTEM);
    await incoming.take(id, SYSTEM);
    expect(await taskRow(app, one.id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect((await happened(app, two.id)).filter((kind) => kind === 'failed')).toHaveLength(1);
  });

  it('doubles nothing where two workers look at once', async () => {
    const other = await TestApp.start({ beside: await started(), role: 'web', env });
    try {
      const workers = [app.get(OperatorExchange), other.get(OperatorExchange)];
      const tasks = [await ask(app), await ask(app), await ask(app)];
      await Promise.all(workers.map((worker) => worker.exchange()));
      for (const { number, id } of tasks) {
        expect(rowsOf(number)).toHaveLength(1);
        expect(await happened(app, id)).toEqual(['opened', 'sent']);
      }
      const content = tasks.map(({ number }, n) => `${number};${['done', 'failed', 'accepted'][n]}`).join('\n');
      writeFileSync(join(home, 'in', 'race.csv'), `task;result\n${content}`);
      for (let look = 0; look < 3; look++) await Promise.allSettled(workers.map((worker) => worker.exchange()));
      expect(await Promise.all(tasks.map(({ id }) => happened(app, id)))).toEqual([
        ...[
          ['opened', 'sent', 'done'],
          ['opened', 'sent', 'failed'],
          ['opened', 'sent', 'accepted'],
        ],
      ]);
      expect(lies('in', 'race.csv')).toBe(false);
    } finally {
      await other.close();
    }
  });

  it('hears an operator out that is back to clerks', async () => {
    const task = await ask(app);
    await minute();
    await agree(app, 'clerk');
    await answer('farewell.csv', `task;result\n${task.number};done`);
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'done', channel: 'files' });
    await agree(app, 'files');
  });

  it('leaves alone what is on its way or is no plain file', async () => {
    const task = await ask(app);
    await minute();
    const secret = join(root, 'secret.txt');
    writeFileSync(secret, `task;result\n${task.number};done`);
    symlinkSync(secret, join(home, 'in', 'link.csv'));
    mkdirSync(join(home, 'in', 'folder.csv'));
    writeFileSync(join(home, 'in', 'up.csv.part'), `task;result\n${task.number};done`);
    writeFileSync(join(home, 'in', '.hidden.csv'), `task;result\n${task.number};done`);
    const growing = join(home, 'in', 'growing.csv');
    writeFileSync(growing, 'task;result\n');
    await minute();
    writeFileSync(growing, `task;result\n${task.number};acc`);
    await minute();
    expect([await taskRow(app, task.id), lies('in', 'growing.csv')]).toMatchObject([{ state: 'sent' }, true]);
    writeFileSync(growing, `task;result;message\n${task.number};refused;Уже заблокирован`);
    await minute();
    await minute();
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'refused' });
    expect(readdirSync(join(home, 'in')).sort()).toEqual([
      ...['.hidden.csv', 'done', 'faulty', 'folder.csv', 'link.csv', 'up.csv.part'],
    ]);
    await answer('large.csv', Buffer.alloc(5 * 1024 * 1024 + 1, 'x'));
    expect([await faultsOf('large.csv'), lies('in', 'faulty', 'large.csv')]).toEqual([['0 large'], true]);
    await answer('zip.csv', Buffer.from('PK\u0003\u0004\u0000\u0000'));
    expect(await faultsOf('zip.csv')).toEqual(['0 binary']);
    const words = Buffer.from([0xcf, 0xee, 0xe7, 0xe6, 0xe5]);
    const next = await ask(app);
    await minute();
    await answer('ansi.csv', Buffer.concat([Buffer.from(`task;result;message\r\n${next.number};refused;`), words]));
    expect(textOf(await clerk.open(next.path))).toContain('Позже');
    // The same name does not overwrite what was taken before.
    await answer('ansi.csv', 'task;result\n1;done');
    await answer('ansi.csv', 'task;result\n2;done');
    expect([
      lies('in', 'done', 'ansi.csv'),
      lies('in', 'faulty', 'ansi.csv'),
      lies('in', 'faulty', 'ansi-1.csv'),
    ]).toEqual([...[true, true, true]]);
  });

  it('follows no link in a folder’s place, and says what is wrong until it is right', async () => {
    const task = await ask(app);
    rmSync(join(home, 'out'), { recursive: true });
    symlinkSync(tmpdir(), join(home, 'out'));
    await minute();
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'waiting' });
    const path = `/admin/tasks/operators/${operator}`;
    expect(textOf(await clerk.open(path))).toContain('на месте папки что-то другое');
    rmSync(join(home, 'out'));
    await minute();
    expect(lstatSync(join(home, 'out')).isDirectory()).toBe(true);
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'sent' });
    expect(textOf(await clerk.open(path))).toContain('всё в порядке');
  });
});

describe('the exchange of files by hand', () => {
  const path = () => `/admin/tasks/operators/${operator}`;

  it('makes a file to fetch, shows what an answer would do, and takes it once', async () => {
    const [one, two] = [await ask(app), await ask(app)];
    const made = await clerk.submit(path(), {}, `${path()}/files`);
    const shown = await clerk.follow(made);
    expect(textOf(shown)).toContain('ещё не передан');
    const link = page(shown).querySelector('a[href$=".csv"]')!.getAttribute('href')!;
    const file = await clerk.get(link);
    expect(file.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(file.headers['content-disposition']).toMatch(/attachment; filename="?tasks-\d+\.csv"?$/);
    expect(file.text).toContain(one.number);
    expect(textOf(await clerk.get(link.replace('.csv', '')))).toContain('Передан');
    await minute();
    expect(rowsOf(one.number)).toEqual([]);

    const content = `task;result\n${one.number};done\n${two.number};maybe\n${two.number};accepted`;
    const upload = () => clerk.upload(path(), { name: 'ответ.csv', content });
    const checked = await clerk.follow(await upload());
    expect(textOf(checked)).toContain('Итог должен быть done, refused, failed или accepted');
    expect(
      page(checked)
        .querySelectorAll('.stat__figure')
        .map(({ text }) => text.trim()),
    ).toEqual(['3', '2', '0', '1']);
    expect(await taskRow(app, one.id)).toMatchObject({ state: 'sent' });
    const taken = await clerk.follow(await clerk.submit(checked, {}, /taking$/));
    expect(textOf(taken)).toContain('кроме 1 строки с ошибкой');
    expect(await taskRow(app, one.id)).toMatchObject({ state: 'done' });
    const again = await clerk.follow(await upload());
    expect(page(again).querySelector('form[action$="/taking"]')).toBeNull();
    expect(await happened(app, two.id)).toEqual(['opened', 'sent', 'accepted']);
  });

  it('puts aside what nobody wants to take, and knows contents by another name', async () => {
    const task = await ask(app);
    await app.get(OutgoingFiles).gather(operator, SYSTEM);
    const upload = (name: string, content: string) => clerk.upload(path(), { name, content });
    const useless = await clerk.follow(await upload('чужой.csv', 'task;result\nx;done\ny;done'));
    expect(page(useless).querySelector('form[action$="/taking"]')).toBeNull();
    expect(textOf(useless)).toContain('Принимать нечего');
    const content = `task;result;message\n${task.number};done;\n;;\n`;
    const first = await clerk.follow(await upload('лишний.csv', content));
    expect(textOf(first)).not.toContain('Ошибочные строки останутся');
    const aside = await clerk.follow(await clerk.submit(first, {}, /refusal$/));
    expect(textOf(aside)).toContain('Не принят');
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'sent' });
    expect(await audited()).toEqual(['operator_file.put_aside', 'operator_file.came']);
    const again = await clerk.follow(await upload('другой.csv', content));
    expect(textOf(again)).toContain('Этот файл уже загружали: лишний.csv');
    await clerk.submit(again, {}, /taking$/);
    expect(await taskRow(app, task.id)).toMatchObject({ state: 'done' });
  });

  it('asks for a file, and is for those who run orders', async () => {
    const none = await clerk.submit(path(), {}, `${path()}/answers`);
    expect([none.status, textOf(none)]).toEqual([422, expect.stringContaining('Выберите файл')]);
    const books = await app.signInStaff(await app.world.hire('accountant'));
    expect((await books.get(path())).status).toBe(403);
  });
});

/** The application itself, for a second one beside it. */
function started(): Promise<TestApp> {
  return Promise.resolve(app);
}
