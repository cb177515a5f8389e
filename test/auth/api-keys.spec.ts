import { ApiKeys, terminalKeyHash } from '../../src/auth/api-keys/api-keys.service.js';
import { Database } from '../../src/infra/database/database.js';
import { SYSTEM } from '../../src/shared/actor.js';
import { useApp } from '../support/app.js';

const app = useApp();

describe('a terminal’s keys', () => {
  it('are two at most, shown once, and nothing but their digests is kept', async () => {
    const { terminalId } = await app.world.openStation();
    const keys = app.get(ApiKeys);
    const database = app.get(Database);
    const issue = () => database.transaction((sql) => keys.issueTerminalKey(sql, terminalId, SYSTEM));
    const second = await issue();
    expect(second.key).toMatch(/^sk_pos_[\w-]{43}$/);
    expect(second.hint).toBe(second.key.slice(-4));
    await expect(issue()).rejects.toMatchObject({ code: 'too_many_keys' });
    await database.transaction((sql) => keys.revoke(sql, terminalId, second.id, SYSTEM));
    await issue();
    const row = JSON.stringify(await app.database.query('select * from api_key where id = $1', [second.id]));
    expect(row).not.toContain(second.key.slice(7));
  });

  it('lead to the terminal until they are revoked', async () => {
    const { terminalId, stationId } = await app.world.openStation();
    const keys = app.get(ApiKeys);
    const database = app.get(Database);
    const { id, key } = await database.transaction((sql) => keys.issueTerminalKey(sql, terminalId, SYSTEM));
    const find = () => keys.terminalsByHash(database, [terminalKeyHash(key)!, terminalKeyHash(key)!]);
    expect(await find()).toEqual([expect.objectContaining({ terminalId, stationId, timeZone: 'Europe/Moscow' })]);
    expect(await database.transaction((sql) => keys.revoke(sql, terminalId, id, SYSTEM))).toBe(true);
    expect(await find()).toEqual([]);
    expect(await database.transaction((sql) => keys.revoke(sql, terminalId, id, SYSTEM))).toBe(false);
  });

  it('of another shape are not even looked up', () => {
    expect(terminalKeyHash('')).toBeNull();
    expect(terminalKeyHash('sk_pos_short')).toBeNull();
    expect(terminalKeyHash(`sk_pos_${'a'.repeat(44)}`)).toBeNull();
  });
});
