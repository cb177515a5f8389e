import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../src/infra/config/config.js';
import { loadConfig } from '../../src/infra/config/load-config.js';
import { ConfigFaults } from '../../src/infra/config/setting-reader.js';
import { SETTINGS, type Setting } from '../../src/infra/config/settings.js';
import { ROOT } from '../../src/infra/root.js';

const SECRET = 'k8Jd0sQw7ZpL2mXv5TnB9rYhC4uGeA1f';
const DATABASE_URL = 'postgres://app:pw@db.internal/smartcard';
const dataDir = mkdtempSync(join(tmpdir(), 'config-'));

function faultsOf(environment: Record<string, string>, role: Role = 'all'): string[] {
  try {
    loadConfig(role, { DATA_DIR: dataDir, ...environment });
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults;
    throw error;
  }
  return [];
}

const load = (environment: Record<string, string>, role: Role = 'all') =>
  loadConfig(role, { DATA_DIR: dataDir, ...environment });

test('the defaults are the demo on loopback with the embedded database', () => {
  const config = load({});
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    databaseUrl: '',
    lines: ['loyalty', 'telecom'],
    demo: true,
    createsDemo: true,
    timeZone: 'Europe/Moscow',
    terminalLimits: { perSecond: 2000, burst: 2000 },
  });
  expect(config.programme).toMatchObject({ cardPriceKopecks: 10_000n, proofAboveHundredths: 10_000n });
  expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
});

test('all faults come at once, and no secret value among them', () => {
  const faults = faultsOf({
    PORT: '99999',
    HOST: 'not a host',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    REDIS_URL: 'hunter2',
    LINES: 'loyalty,cars',
    TIME_ZONE: 'Mars/Olympus',
    BRAND_ACCENT: 'red',
    EARN_BASIS_POINTS: '1.5',
    REGULATED_EARNS: 'maybe',
    LOG_LEVEL: 'loud',
    METRICS_TOKEN: 'short',
    DEMO: 'please',
  });
  const named = faults.map((fault) => /^[A-Z_]+/.exec(fault)?.[0]).sort();
  expect(named).toEqual(
    // prettier-ignore
    ['BRAND_ACCENT', 'DATABASE_URL', 'DEMO', 'EARN_BASIS_POINTS', 'HOST', 'LINES', 'LOG_LEVEL', 'METRICS_TOKEN', 'PORT', 'REDIS_URL', 'REGULATED_EARNS', 'TIME_ZONE'],
  );
  expect(faults.join()).not.toContain('hunter2');
});

test.each([
  ['weak by length', 'short'],
  ['an example', 'change-me-change-me-change-me-change-me'],
  ['one letter', 'a'.repeat(40)],
])('a secret that is %s is refused', (_why, secret) => {
  expect(faultsOf({ DATABASE_URL, SECRET: secret })).toEqual([expect.stringMatching(/^SECRET /)]);
});

test('DATABASE_URL needs SECRET, except for what signs nothing', () => {
  expect(faultsOf({ DATABASE_URL })).toEqual([expect.stringMatching(/^SECRET is needed/)]);
  expect(faultsOf({ DATABASE_URL }, 'web')).toHaveLength(1);
  expect(faultsOf({ DATABASE_URL }, 'migrate')).toEqual([]);
  expect(faultsOf({ DATABASE_URL }, 'verify')).toEqual([]);
});

test('the all-in-one start makes a secret once and keeps it to its owner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secret-'));
  const first = load({ DATA_DIR: folder }).sessionSecret;
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(load({ DATA_DIR: folder }).sessionSecret).toBe(first);
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
});

test('secrets may come from files', () => {
  const path = join(dataDir, 'session-secret');
  writeFileSync(path, `${SECRET}\n`);
  expect(load({ DATABASE_URL, SECRET_FILE: path }).sessionSecret).toBe(SECRET);
  expect(faultsOf({ DATABASE_URL, SECRET_FILE: '/nowhere' })).toHaveLength(2);
  expect(faultsOf({ DATABASE_URL, SECRET, SECRET_FILE: path })).toEqual([expect.stringContaining('keep one')]);
});

describe('the demo', () => {
  const external = { DATABASE_URL, SECRET };
  test.each<[string, Record<string, string>, Role, boolean]>([
    ['is off with DEMO=0', { DEMO: '0' }, 'all', false],
    ['is off by default beyond loopback', { HOST: '0.0.0.0' }, 'all', false],
    ['is off by default with DATABASE_URL', external, 'all', false],
    ['comes with DEMO=1 and DATABASE_URL', { ...external, DEMO: '1' }, 'all', true],
    ['comes with DEMO=public beyond loopback', { HOST: '0.0.0.0', DEMO: 'public' }, 'all', true],
    [
      'comes with DEMO=public beyond loopback and DATABASE_URL',
      { ...external, HOST: '::', DEMO: 'public' },
      'all',
      true,
    ],
    ['is shown by a web process when asked', { ...external, DEMO: '1' }, 'web', true],
    ['is off by default in a web process', external, 'web', false],
  ])('%s', (_title, environment, role, on) => {
    expect(load(environment, role).demo).toBe(on);
  });

  test('DEMO=1 beyond loopback is refused', () => {
    expect(faultsOf({ HOST: '0.0.0.0', DEMO: '1' })).toEqual([expect.stringContaining('DEMO=public')]);
  });

  test('web and worker never create it', () => {
    expect(load({ ...external, DEMO: '1' }, 'web').createsDemo).toBe(false);
    expect(load({ ...external, DEMO: '1' }, 'worker').createsDemo).toBe(false);
  });
});

test('web and worker need DATABASE_URL', () => {
  expect(faultsOf({ SECRET }, 'web')).toEqual([expect.stringMatching(/^DATABASE_URL is needed/)]);
});

test('a public address over plain http is refused outside the demo', () => {
  expect(faultsOf({ DATABASE_URL, SECRET, PUBLIC_URL: 'http://card.example.ru' })).toHaveLength(1);
  expect(load({ DATABASE_URL, SECRET, PUBLIC_URL: 'https://card.example.ru/' })).toMatchObject({
    publicUrl: 'https://card.example.ru',
    allowedHosts: expect.arrayContaining(['card.example.ru', 'localhost']),
  });
});

test('.env.example lists every setting with its default and meaning', () => {
  const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
  const shown = [...text.matchAll(/^# (.+)\n# ([A-Z_]+)=(.*)$/gm)].map(([, meaning, name, value]) => ({
    name,
    fallback: value?.startsWith('"') ? JSON.parse(value) : value,
    meaning,
  }));
  expect(shown).toEqual(
    SETTINGS.map((setting: Setting) => ({
      name: setting.name,
      fallback: setting.fallback,
      meaning: setting.secret ? `${setting.meaning} (or ${setting.name}_FILE)` : setting.meaning,
    })),
  );
});

test('a data folder that cannot hold the secret is a fault of the settings', () => {
  const file = join(dataDir, 'a-file');
  writeFileSync(file, '');
  expect(faultsOf({ DATA_DIR: join(file, 'below') })).toEqual([
    `DATA_DIR: cannot keep secret in ${join(file, 'below')} (ENOTDIR)`,
  ]);
});
