import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Abstract, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Redis } from 'ioredis';
import { AppModule } from '../../src/app.module.js';
import { APP_OPTIONS, createApp, setUpApp } from '../../src/app.js';
import { ClockModule } from '../../src/infra/clock/clock.module.js';
import type { Config } from '../../src/infra/config/config.js';
import { loadConfig } from '../../src/infra/config/load-config.js';
import { createLogger } from '../../src/infra/logging/logging.js';
import { Scheduler } from '../../src/infra/schedule/scheduler.js';
import { LedgerProof } from '../../src/ledger/ledger-proof.service.js';
import { Clock } from '../../src/shared/clock.js';
import { expectBooksBalance } from './books.js';
import { FakeClock } from './clock.js';
import { cloneDatabase, openDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { Pos } from './pos.js';
import { freePort } from './postgres.js';
import { Visitor } from './visitor.js';
import { World } from './world.js';

export interface AppOptions {
  /** Settings by their names in the environment. */
  env?: Record<string, string>;
  /** `web` makes no recurring runs by itself and delivers nothing; `all` does. */
  role?: 'all' | 'web';
  /** Another process of this one's installation: the same database, secret and clock. */
  beside?: TestApp;
  /** The database of an installation that runs as processes of its own. */
  databaseUrl?: string;
}

/** The real application on a database of its own, listening on loopback, with a clock that moves only when told. */
export class TestApp {
  readonly world = new World(this);

  private constructor(
    readonly url: string,
    readonly clock: FakeClock,
    readonly database: TestDatabase,
    private readonly nest: NestExpressApplication,
    private readonly dataDir: string,
    private readonly ownsDatabase: boolean,
  ) {}

  static async start({ env = {}, role = 'all', beside, databaseUrl }: AppOptions = {}): Promise<TestApp> {
    const database = beside?.database ?? (databaseUrl ? openDatabase(databaseUrl) : await cloneDatabase());
    const dataDir = mkdtempSync(join(tmpdir(), 'smartcard-test-app-'));
    const config = await configFor(role, database.url, dataDir, env);
    const clock = beside?.clock ?? new FakeClock();
    try {
      const nest = await createTestApp(config, clock);
      await nest.listen(config.port, config.host);
      const app = new TestApp(`http://127.0.0.1:${config.port}`, clock, database, nest, dataDir, !beside);
      // Last night's runs are behind it, so that none of them falls into a test that has moved the clock.
      if (role === 'all') await app.runDue();
      return app;
    } catch (error) {
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  /** A service of any room, for what a test arranges by a domain verb. */
  get<Service>(service: Type<Service> | Abstract<Service>): Service {
    return this.nest.get(service, { strict: false });
  }

  /** A stranger with a browser without JavaScript and without cookies. */
  visitor(language?: 'ru' | 'en'): Visitor {
    return new Visitor(this.url, language);
  }

  /** A till with this terminal's key. */
  pos(terminalKey: string): Pos {
    return new Pos(this.url, terminalKey, () => this.get(Clock).now());
  }

  /** Logs in through the page, with the password or with the code of an SMS. */
  async signInCustomer({ phone, password }: { phone: string; password?: string }): Promise<Visitor> {
    const visitor = this.visitor();
    if (password !== undefined) {
      expectRedirect(await visitor.submit('/session/new', { phone, password }, '/session'));
      return visitor;
    }
    const asked = await visitor.submit('/session/new', { phone }, '/session/code');
    const code = await this.codeSentTo(phone);
    expectRedirect(await visitor.submit(await visitor.follow(asked), { code }));
    return visitor;
  }

  async signInStaff({ email, password }: { email: string; password: string }): Promise<Visitor> {
    const visitor = this.visitor();
    expectRedirect(await visitor.submit('/admin/session/new', { email, password }, '/admin/session'));
    return visitor;
  }

  /** The newest SMS to this phone, once it has gone out. */
  async smsTo(phone: string): Promise<string> {
    return eventually(async () => {
      const [queued] = await this.database.query(
        `select from message where recipient = $1 and state = 'queued' limit 1`,
        [phone],
      );
      const [sms] = await this.database.query<{ body: string }>(
        'select body from dev_inbox where recipient = $1 order by at desc, id desc limit 1',
        [phone],
      );
      if (queued || !sms) throw new Error(`no SMS to ${phone}`);
      return sms.body;
    });
  }

  /** The code in the newest SMS to this phone. */
  async codeSentTo(phone: string): Promise<string> {
    const text = await this.smsTo(phone);
    const code = /\b\d{6}\b/.exec(text)?.[0];
    if (!code) throw new Error(`no code in “${text}”`);
    return code;
  }

  /** Makes every recurring run that is due by the clock, as a worker's next tick would. */
  async runDue(): Promise<void> {
    await this.get(Scheduler).runDue(this.get(Clock).now());
  }

  async expectBooksBalance(): Promise<void> {
    await expectBooksBalance(this.database, this.get(LedgerProof));
  }

  async close(): Promise<void> {
    await this.nest.close();
    if (this.ownsDatabase) await this.database.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** One application for the test file; after each test the books must balance. Read it inside hooks and tests only. */
export function useApp(options?: AppOptions): TestApp {
  let app: TestApp | undefined;
  beforeAll(async () => {
    app = await TestApp.start(options);
  });
  afterEach(async () => {
    await app?.expectBooksBalance();
  });
  afterAll(async () => {
    await app?.close();
  });
  return new Proxy({} as TestApp, {
    get(_target, name) {
      if (!app) throw new Error('the application is there from beforeAll on');
      const value: unknown = Reflect.get(app, name);
      return typeof value === 'function' ? (value.bind(app) as unknown) : value;
    },
  });
}

async function configFor(
  role: 'all' | 'web',
  databaseUrl: string,
  dataDir: string,
  env: Record<string, string>,
): Promise<Config> {
  const port = await freePort();
  const config = loadConfig(role, {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '10',
    DATA_DIR: dataDir,
    SECRET: 'Kq7vXw2Zr9Lm4Tn8Bc5Hd1Fg6Js3Py0AbQe',
    PORT: String(port),
    LOG_LEVEL: process.env.TEST_LOG ?? 'fatal',
    // Every visitor of a test comes from the same address.
    SMS_PER_IP_HOUR: '500',
    SMS_PER_SUBNET_HOUR: '500',
    SMS_PER_PREFIX_HOUR: '500',
    PASSWORD_TRIES_PER_IP: '500',
    ...(await redisOf()),
    ...env,
  });
  const { messaging } = config;
  const emailTransport = messaging.emailTransport === 'none' ? 'dev_inbox' : messaging.emailTransport;
  return config.with({ smsTransport: 'dev_inbox', messaging: { ...messaging, emailTransport } });
}

/** Each of Jest's workers has a Redis database, empty at the start of each file. */
async function redisOf(): Promise<{ REDIS_URL?: string }> {
  if (!process.env.TEST_REDIS_URL) return {};
  const url = `${process.env.TEST_REDIS_URL}/${process.env.JEST_WORKER_ID ?? '0'}`;
  const redis = new Redis(url);
  await redis.flushdb();
  await redis.quit();
  return { REDIS_URL: url };
}

/** As createApp, with the clock's module replaced; the demo (`DEMO=1`) keeps its own, which it is about. */
async function createTestApp(config: Config, clock: FakeClock): Promise<NestExpressApplication> {
  if (config.demo) return createApp(config);
  const logger = createLogger(config);
  const root = await AppModule.for(config, logger);
  const fakeClock = {
    module: class FakeClockModule {},
    global: true,
    providers: [{ provide: Clock, useValue: clock }],
    exports: [Clock],
  };
  const imports = (root.imports ?? []).map((room) =>
    'module' in room && room.module === ClockModule ? fakeClock : room,
  );
  const app = await NestFactory.create<NestExpressApplication>({ ...root, imports }, APP_OPTIONS);
  return setUpApp(app, config, logger);
}

function expectRedirect(answer: { status: number; text: string }): void {
  if (answer.status !== 303) throw new Error(`not let in: ${answer.status} ${answer.text}`);
}
