import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { readAccessLimits, readSmsTransport } from './access.js';
import { answeredHosts, defaultPublicUrl, isLoopback } from './addresses.js';
import { Config, LOG_LEVELS, type Brand, type Line, type Programme, type Role } from './config.js';
import { readCallbackTerms } from './callbacks.js';
import { readFormTerms } from './orders.js';
import { readClaimTerms } from './claims.js';
import { readDemoMode } from './demo-mode.js';
import { ROOT } from '../root.js';
import { readMessaging } from './messaging.js';
import { keptSecret, secretFault } from './secret.js';
import { readStaticLimit } from './spending.js';
import { ConfigFaults, SettingReader, type Environment } from './setting-reader.js';

/** The environment, with what .env adds to it. */
export function readEnvironment(): Environment {
  const path = join(ROOT, '.env');
  if (existsSync(path)) process.loadEnvFile(path);
  return process.env;
}

/** Reads and checks every setting; throws ConfigFaults with all that is wrong. */
export function loadConfig(role: Role, environment: Environment): Config {
  const read = new SettingReader(environment);
  const databaseUrl = read.url('DATABASE_URL', ['postgres', 'postgresql']) ?? '';
  const embedded = databaseUrl === '';
  const host = readHost(read);
  const demoMode = readDemoMode(read, role, host, embedded);
  if (embedded && (role === 'web' || role === 'worker')) {
    read.fault(`DATABASE_URL is needed by a ${role} process; only the all-in-one start brings its own database`);
  }
  const brand = readBrand(read);
  const values = {
    role,
    ...readSite(read, host, demoMode === 'on'),
    dataDir: resolve(ROOT, read.text('DATA_DIR')),
    databaseUrl,
    embedded,
    databasePool: read.integer('DATABASE_POOL', 2, 500),
    redisUrl: read.url('REDIS_URL', ['redis', 'rediss']),
    metricsToken: readMetricsToken(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, role === 'web' || role === 'worker' ? 'info' : 'warn'),
    demoMode,
    lines: readLines(read),
    timeZone: readTimeZone(read),
    brand,
    programme: readProgramme(read),
    claims: readClaimTerms(read),
    callbacks: readCallbackTerms(read, demoMode === 'on'),
    orders: readFormTerms(read, demoMode === 'on'),
    esiaDeadlineDays: read.integer('ESIA_DEADLINE_DAYS', 1, 365),
    terminalLimits: {
      perSecond: read.integer('POS_RATE', 1, 100_000, demoMode === 'on' ? 2000 : 50),
      burst: read.integer('POS_BURST', 1, 100_000, demoMode === 'on' ? 2000 : 200),
    },
    accessLimits: readAccessLimits(read, demoMode === 'on'),
    smsTransport: readSmsTransport(read, demoMode === 'on'),
    messaging: readMessaging(read, demoMode === 'on', brand),
  };
  const secret = readSecret(read, role, embedded);
  if (read.faults.length > 0) throw new ConfigFaults(read.faults);
  return new Config({ ...values, sessionSecret: secret ?? keptSecret(values.dataDir, 'secret') });
}

function readHost(read: SettingReader): string {
  const host = read.text('HOST');
  if (!isIP(host) && !/^[a-z0-9.-]+$/i.test(host)) {
    read.fault(`HOST must be an IP address or a host name, not “${host}”`);
  }
  return host;
}

function readSite(
  read: SettingReader,
  host: string,
  demo: boolean,
): Pick<Config, 'host' | 'port' | 'publicUrl' | 'allowedHosts' | 'trustProxyHops'> {
  const port = read.integer('PORT', 0, 65_535);
  const publicUrl = (read.url('PUBLIC_URL', ['http', 'https']) ?? defaultPublicUrl(host, port)).replace(/\/+$/, '');
  const { protocol, hostname } = new URL(URL.canParse(publicUrl) ? publicUrl : 'http://localhost');
  if (read.given('PUBLIC_URL') && protocol === 'http:' && !isLoopback(hostname) && !demo) {
    read.fault('PUBLIC_URL must begin with https:// where customers reach the site over a network');
  }
  return {
    host,
    port,
    publicUrl,
    allowedHosts: answeredHosts(read.list('ALLOWED_HOSTS'), `${protocol}//${hostname}`, host),
    trustProxyHops: read.integer('TRUST_PROXY', 0, 10),
  };
}

/** Undefined where the installation makes and keeps its own. */
function readSecret(read: SettingReader, role: Role, embedded: boolean): string | undefined {
  const secret = read.given('SECRET');
  // These two never sign anything, and run where nobody wants to hand out the secret.
  if (secret === undefined && !embedded && (role === 'migrate' || role === 'verify')) return '';
  const fault =
    secret === undefined
      ? embedded
        ? undefined
        : 'SECRET is needed with DATABASE_URL; make one with: openssl rand -base64 48'
      : secretFault(secret);
  if (fault) read.fault(fault);
  return secret;
}

function readMetricsToken(read: SettingReader): string | undefined {
  const token = read.given('METRICS_TOKEN');
  if (token !== undefined && token.length < 16) read.fault('METRICS_TOKEN must have at least 16 characters');
  return token;
}

function readLines(read: SettingReader): Line[] {
  const known: readonly Line[] = ['loyalty', 'telecom'];
  const given = read.list('LINES');
  for (const line of given) {
    if (!known.some((name) => name === line)) read.fault(`LINES knows loyalty and telecom, not “${line}”`);
  }
  if (given.length === 0) read.fault('LINES must name at least one of loyalty, telecom');
  return known.filter((line) => given.includes(line));
}

function readTimeZone(read: SettingReader): string {
  const zone = read.text('TIME_ZONE');
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    read.fault(`TIME_ZONE must be a zone such as Europe/Moscow, not “${zone}”`);
  }
  return zone;
}

function readBrand(read: SettingReader): Brand {
  const accent = read.text('BRAND_ACCENT').toLowerCase();
  if (!/^#[0-9a-f]{6}$/.test(accent)) read.fault(`BRAND_ACCENT must be a colour such as #0b7a55, not “${accent}”`);
  return {
    name: read.text('BRAND_NAME'),
    accent,
    phone: read.text('BRAND_PHONE'),
    email: read.text('BRAND_EMAIL'),
    legalName: read.text('BRAND_LEGAL_NAME'),
    inn: read.text('BRAND_INN'),
    ogrn: read.text('BRAND_OGRN'),
    address: read.text('BRAND_ADDRESS'),
  };
}

function readProgramme(read: SettingReader): Programme {
  return {
    earnBasisPoints: read.integer('EARN_BASIS_POINTS', 0, 10_000),
    cardPriceKopecks: BigInt(read.integer('CARD_PRICE_KOPECKS', 0, 100_000_000)),
    redeemSharePercent: read.integer('REDEEM_SHARE_PERCENT', 0, 100),
    redeemStaticUpToHundredths: readStaticLimit(read),
    regulatedEarns: read.boolean('REGULATED_EARNS'),
    pointsLifetimeMonths: read.integer('POINTS_LIFETIME_MONTHS', 1, 120),
    proofAboveHundredths: BigInt(read.integer('PROOF_ABOVE_POINTS', 0, 1_000_000)) * 100n,
  };
}
