import { EntityManager } from '@mikro-orm/postgresql';
import { Operator } from '../../src/tariffs/operator.entity.js';
import { TariffVersion } from '../../src/tariffs/tariff-version.entity.js';
import { Tariff } from '../../src/tariffs/tariff.entity.js';
import { useApp } from '../support/app.js';

const NOTHING = { minutesKind: 'unknown', trafficKind: 'unknown', smsKind: 'unknown' } as const;

describe('what the database keeps of tariffs', () => {
  const app = useApp();

  async function newVersion(facts: Partial<TariffVersion> = {}): Promise<TariffVersion> {
    const em = app.get(EntityManager).fork();
    const createdAt = app.clock.now();
    const operator = await em.findOneOrFail(Operator, { code: 'mts' });
    const tariff = new Tariff();
    Object.assign(tariff, { operatorId: operator.id, slug: `t-${tariff.id}`, createdAt });
    await em.persist(tariff).flush();
    const version = new TariffVersion();
    const said = { tariffId: tariff.id, number: 1, name: 'Проще', audience: 'phone', period: 'month', createdAt };
    Object.assign(version, said, NOTHING, facts);
    await em.persist(version).flush();
    return version;
  }

  const published = () => ({ state: 'published' as const, publishedAt: app.clock.now() });
  const change = (id: string, what: string) =>
    app.database.query(`update tariff_version set ${what} where id = $1`, [id]);

  it('reads as it was written', async () => {
    const { id } = await newVersion({
      ...{ priceKopecks: 65_000n, minutesKind: 'amount', minutes: 250, extras: ['мессенджеры', 'а, "б"'] },
      lastDay: '2026-12-31',
    });
    const read = await app.get(EntityManager).fork().findOneOrFail(TariffVersion, { id });
    expect(read).toMatchObject({ priceKopecks: 65_000n, minutes: 250, extras: ['мессенджеры', 'а, "б"'] });
    expect(read).toMatchObject({ lastDay: '2026-12-31', connectionFeeKopecks: null, createdAt: app.clock.now() });
  });

  it.each([
    ['an amount that is not named', { minutesKind: 'amount' as const }],
    ['a figure of what is not known', { smsKind: 'unknown' as const, sms: 5 }],
    ['a price below zero', { priceKopecks: -1n }],
    ['a phone tariff as a corporate one', { forPersons: true }],
    ['a published version without a beginning', { state: 'published' as const }],
  ])('refuses %s', async (_what, facts) => {
    await expect(newVersion(facts)).rejects.toThrow(/check constraint/);
  });

  it('keeps what was published as it is', async () => {
    const { id } = await newVersion({ ...published(), validFrom: app.clock.now(), priceKopecks: 1n });
    for (const what of ['price_kopecks = 2', "state = 'draft', valid_from = null, published_at = null", "name = 'Б'"]) {
      await expect(change(id, what)).rejects.toThrow('stays as it is');
    }
    await expect(app.database.query('delete from tariff_version where id = $1', [id])).rejects.toThrow(
      'stays as it is',
    );
    await expect(change(id, 'withdrawn_at = valid_from')).rejects.toThrow(/check constraint/);
  });

  it('lets a version that lies ahead be withdrawn, once', async () => {
    const validFrom = new Date(app.clock.now().getTime() + 86_400_000);
    const { id } = await newVersion({ ...published(), validFrom });
    await change(id, 'withdrawn_at = published_at');
    await expect(change(id, 'withdrawn_at = null')).rejects.toThrow('stays as it is');
  });

  it('has one draft of a tariff at a time', async () => {
    const { tariffId } = await newVersion();
    const second = app.database.query(
      `insert into tariff_version (id, tariff_id, number, name, audience, period, minutes_kind, traffic_kind, sms_kind, created_at)
       values (gen_random_uuid(), $1, 2, 'Б', 'phone', 'month', 'none', 'none', 'none', now())`,
      [tariffId],
    );
    await expect(second).rejects.toThrow('tariff_version_draft_idx');
  });
});
