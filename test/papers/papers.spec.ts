import { Database } from '../../src/infra/database/database.js';
import { Papers } from '../../src/papers/papers.service.js';
import type { PaperKind } from '../../src/papers/paper-kind.js';
import { newId } from '../../src/shared/ids.js';
import { customer } from '../auth/people.js';
import { useApp } from '../support/app.js';
import { fieldErrors, page, textOf, type Visitor } from '../support/visitor.js';

const app = useApp();
let manager: Visitor;

beforeAll(async () => {
  manager = await app.signInStaff(await app.world.hire('manager'));
});

async function issue(kind: PaperKind, subjectId = newId()): Promise<{ id: string; subjectId: string }> {
  const fields = { 'customer.name': 'Иванова Анна', 'line.number': '+7 921 765-43-21' };
  const id = await app
    .get(Database)
    .transaction((sql) =>
      app
        .get(Papers)
        .issue(sql, { kind, subjectId, customerId: null, logIn: 'digits', fields, actor: { kind: 'system' } }),
    );
  return { id, subjectId };
}

describe('a paper that was issued', () => {
  it('is a PDF and stays as it was when its template changes', async () => {
    const { id } = await issue('act');
    const before = await app.get(Papers).open(id, { kind: 'system' });
    expect(before.subarray(0, 5).toString()).toBe('%PDF-');
    await manager.submit('/admin/papers/act', { title: 'Акт', body: '# Другой акт' });
    expect(Buffer.compare(await app.get(Papers).open(id, { kind: 'system' }), before)).toBe(0);
    const [paper] = await app.database.query<{ intact: boolean }>(
      'select sha256(pdf) = sha256 as intact from paper where id = $1',
      [id],
    );
    expect(paper!.intact).toBe(true);
    await expect(app.database.query(`update paper set title = 'x' where id = $1`, [id])).rejects.toThrow(
      /stays as it is/,
    );
    await expect(app.database.query('delete from paper where id = $1', [id])).rejects.toThrow(/stays as it is/);
  });

  it('stands in the cabinet of whom it was given to, and of nobody else', async () => {
    const [owner, stranger] = [await customer(app), await customer(app)];
    const { id, subjectId } = await issue('contract');
    const visitor = await app.signInCustomer(owner);
    expect((await visitor.get(`/cabinet/papers/${id}.pdf`)).status).toBe(404);
    await app.get(Database).transaction((sql) => app.get(Papers).give(sql, subjectId, owner.customerId));
    const opened = await visitor.get(`/cabinet/papers/${id}.pdf`);
    expect([opened.status, opened.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(opened.headers['cache-control']).toContain('no-store');
    expect((await (await app.signInCustomer(stranger)).get(`/cabinet/papers/${id}.pdf`)).status).toBe(404);
    await app.get(Database).transaction((sql) => app.get(Papers).give(sql, subjectId, stranger.customerId));
    expect((await visitor.get(`/cabinet/papers/${id}.pdf`)).status).toBe(200);
  });
});

describe('a template', () => {
  it('is changed by managers, each change a version of its own', async () => {
    const shown = await manager.open('/admin/papers/contract');
    const body = page(shown).querySelector('textarea')!.text;
    expect(body).toContain('{{line.number}}');
    const saved = await manager.submit(shown, { body: `${body}\nДо встречи!` });
    expect(saved.headers.location).toBe('/admin/papers/contract');
    const after = textOf(await manager.follow(saved));
    expect(after).toContain('Версия 2');
    expect(after).toContain('До встречи!');
    const preview = await manager.get('/admin/papers/contract/preview.pdf');
    expect([preview.status, preview.headers['content-type']]).toEqual([200, 'application/pdf']);
  });

  it('says in which line something is wrong, and keeps what was typed', async () => {
    const refused = await manager.submit('/admin/papers/instruction', { body: '# Раз\n{{customer.nmae}}' });
    expect(refused.status).toBe(422);
    expect(fieldErrors(refused)['body']).toContain('Строка 2');
    expect(page(refused).querySelector('textarea')!.text).toContain('customer.nmae');
  });

  it('is not overwritten by whoever looked at an older version', async () => {
    const shown = await manager.open('/admin/papers/instruction');
    await manager.submit(shown, { body: '# Новая памятка' });
    const late = await manager.submit(shown, { body: '# Старая памятка' });
    expect(late.status).toBe(409);
    expect(textOf(late)).toContain('Шаблон уже изменили');
  });

  it('is there for no other kind', async () => {
    expect((await manager.get('/admin/papers/passport')).status).toBe(404);
  });
});
