import { hkdfSync } from 'node:crypto';
import type { DemoMode } from './demo-mode.js';

export const ROLES = ['all', 'web', 'worker', 'migrate', 'verify', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export type Line = 'loyalty' | 'telecom';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the installation calls itself. */
export interface Brand {
  name: string;
  /** `#rrggbb` */
  accent: string;
  phone: string;
  email: string;
  legalName: string;
  inn: string;
  ogrn: string;
  address: string;
}

/** The loyalty programme's terms. */
export interface Programme {
  /** Hundredths of a percent: 100 is 1 %. */
  earnBasisPoints: number;
  cardPriceKopecks: bigint;
  redeemSharePercent: number;
  /** What a number alone may spend a purchase, above it a proof is needed; null where any sum. */
  redeemStaticUpToHundredths: bigint | null;
  regulatedEarns: boolean;
  pointsLifetimeMonths: number;
  proofAboveHundredths: bigint;
}

/** How customers claim receipts at which no card was shown. */
export interface ClaimTerms {
  perDay: number;
  /** So long a claim waits for the station's upload. */
  waitDays: number;
}

/** How often a public form may be sent that names a phone. */
export interface FormTerms {
  perPhoneDay: number;
  perIpHour: number;
  perPrefixHour: number;
}

/** «Заказать звонок»: when people are called, how soon, and what one may ask for. */
export interface CallbackTerms extends FormTerms {
  /** Minutes after midnight in TIME_ZONE. */
  fromMinute: number;
  toMinute: number;
  /** 1 is Monday. */
  weekdays: readonly number[];
  promiseMinutes: number;
  keepDays: number;
}

export interface TerminalLimits {
  perSecond: number;
  burst: number;
}

/** How often strangers may ask for messages and try secrets. */
export interface AccessLimits {
  smsPauseSeconds: number;
  smsPerPhoneHour: number;
  smsPerPhoneDay: number;
  smsPerIpHour: number;
  smsPerSubnetHour: number;
  smsPerPrefixHour: number;
  smsPerDay: number;
  codeChecksPerPhoneHour: number;
  /** For one account from one address, a quarter of an hour. */
  passwordTries: number;
  passwordTriesPerIp: number;
  staffPasswordTries: number;
  /** Different phones at which four wrong digits within ten minutes are a spray. */
  firstPasswordPhones: number;
}

/** How messages leave, besides SMS, and when they may disturb. */
export interface Messaging {
  /** The demo's inbox, a mail server, or not at all until one is set up. */
  emailTransport: 'dev_inbox' | 'smtp' | 'none';
  /** May hold a password. */
  smtpUrl: string | undefined;
  /** `Name <address>` */
  mailFrom: string;
  /** Minutes after midnight in TIME_ZONE; equal ones mean none. */
  quietHours: { fromMinute: number; toMinute: number };
  /** No reminder for less. */
  remindFromHundredths: bigint;
}

type Values = Omit<
  { [Key in keyof Config as Config[Key] extends (...args: never[]) => unknown ? never : Key]: Config[Key] },
  Derived
>;
type Derived = 'runsWeb' | 'runsWorker' | 'demo' | 'createsDemo';

/** Every setting of this process, typed and checked. It never changes after the start. */
export class Config {
  readonly role!: Role;
  readonly host!: string;
  readonly port!: number;
  /** Without a slash at the end. */
  readonly publicUrl!: string;
  readonly allowedHosts!: readonly string[];
  readonly trustProxyHops!: number;
  /** Absolute. */
  readonly dataDir!: string;
  /** Empty until the embedded server has started. */
  readonly databaseUrl!: string;
  /** Whether the database is this process's own server in dataDir. */
  readonly embedded!: boolean;
  readonly databasePool!: number;
  readonly redisUrl!: string | undefined;
  readonly sessionSecret!: string;
  readonly metricsToken!: string | undefined;
  readonly logLevel!: LogLevel;
  readonly demoMode!: DemoMode;
  readonly lines!: readonly Line[];
  readonly timeZone!: string;
  readonly brand!: Readonly<Brand>;
  readonly programme!: Readonly<Programme>;
  readonly claims!: Readonly<ClaimTerms>;
  readonly callbacks!: Readonly<CallbackTerms>;
  readonly orders!: Readonly<FormTerms>;
  /** How long a company has to put the user of a number into ESIA. */
  readonly esiaDeadlineDays!: number;
  readonly terminalLimits!: Readonly<TerminalLimits>;
  readonly accessLimits!: Readonly<AccessLimits>;
  /** How SMS leave: the demo's inbox, or not at all until a gateway is set up. */
  readonly smsTransport!: 'dev_inbox' | 'none';
  readonly messaging!: Readonly<Messaging>;

  constructor(values: Values) {
    Object.assign(this, values);
    Object.freeze(this);
  }

  /** Whether this process answers HTTP. */
  get runsWeb(): boolean {
    return this.role === 'all' || this.role === 'web';
  }

  /** Whether this process takes jobs and minds the schedule. */
  get runsWorker(): boolean {
    return this.role === 'all' || this.role === 'worker';
  }

  /** Whether the demo's pages, clock and limits are on. */
  get demo(): boolean {
    return this.demoMode === 'on';
  }

  /** Whether this process fills an empty database with the demo world. */
  get createsDemo(): boolean {
    return this.demo && this.role === 'all';
  }

  with(changes: Partial<Values>): Config {
    return new Config({ ...this, ...changes });
  }

  /** A key of its own for each purpose, so that what one part signs means nothing to another. */
  keyFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.sessionSecret, '', purpose, 32));
  }
}
