import { cloneDatabase, useDatabase } from '../support/database.js';

describe('a test database', () => {
  const database = useDatabase();

  it('is a migrated clone of its own', async () => {
    await database.query('create table only_here (id int)');
    const other = await cloneDatabase();
    try {
      const tables = await other.query<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'public'`,
      );
      const names = tables.map((table) => table.name);
      expect(names).toEqual(expect.arrayContaining(['account', 'transfer', 'lot']));
      expect(names).not.toContain('only_here');
    } finally {
      await other.drop();
    }
  });
});
