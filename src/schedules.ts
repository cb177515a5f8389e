import { Outbox } from './infra/outbox/outbox.js';
import { Purge } from './infra/schedule/purge.js';
import { daily, every } from './infra/schedule/recurrence.js';
import type { Schedule } from './infra/schedule/schedule.js';
import { BooksProof } from './ledger/books-proof.service.js';
import { HoldRelease } from './loyalty/after-sale/hold-release.service.js';
import { EsiaReminders } from './lines/esia/esia-reminders.service.js';
import { ReceiptClaims } from './loyalty/claims/receipt-claims.service.js';
import { Expiry } from './loyalty/expiry.service.js';
import { BurnReminders } from './loyalty/reminders/burn-reminders.service.js';
import { SuspensionEnds } from './lines/actions/suspension-ends.service.js';
import { OrderPurge } from './orders/forgetting/order-purge.service.js';
import { Segments } from './loyalty/promotions/segments/segments.service.js';
import { Deletions } from './privacy/deletion/deletions.service.js';
import { FraudWatch } from './loyalty/fraud/fraud-watch.service.js';
import { OperatorExchange } from './tasks/exchange/operator-exchange.service.js';
import { CallbackPurge } from './support/callbacks/callback-purge.service.js';

/** Every recurring job: when it runs, what happens to missed runs, and the verb it calls. Days begin in TIME_ZONE. */
export const SCHEDULE: readonly Schedule[] = [
  { name: 'sweep-outbox', at: every(5), missed: 'once', run: (rooms) => rooms(Outbox).sweep() },
  { name: 'release-holds', at: every(15), missed: 'once', run: (rooms, now) => rooms(HoldRelease).releaseDue(now) },
  { name: 'watch-fraud', at: every(60), missed: 'once', run: (rooms) => rooms(FraudWatch).watch() },
  {
    name: 'exchange-operator-files',
    at: every(60),
    missed: 'once',
    run: (rooms) => rooms(OperatorExchange).exchange(),
  },
  { name: 'expire-points', at: daily('00:00'), missed: 'each', run: (rooms, now) => rooms(Expiry).expireLots(now) },
  // One run makes up for all that were missed: what has burnt meanwhile is not announced any more.
  {
    name: 'remind-of-burning',
    at: daily('10:00'),
    missed: 'once',
    run: (rooms, now) => rooms(BurnReminders).remind(now),
  },
  {
    name: 'resume-numbers',
    at: daily('00:10'),
    missed: 'once',
    run: (rooms, now) => rooms(SuspensionEnds).resumeDue(now),
  },
  { name: 'remind-of-esia', at: daily('10:30'), missed: 'once', run: (rooms, now) => rooms(EsiaReminders).remind(now) },
  { name: 'refresh-segments', at: daily('01:30'), missed: 'once', run: (rooms) => rooms(Segments).refreshAll() },
  { name: 'verify-ledger', at: daily('02:30'), missed: 'once', run: (rooms) => rooms(BooksProof).proveOrWarn() },
  { name: 'expire-claims', at: daily('01:00'), missed: 'once', run: (rooms, now) => rooms(ReceiptClaims).expire(now) },
  { name: 'delete-accounts', at: daily('03:00'), missed: 'once', run: (rooms, now) => rooms(Deletions).eraseDue(now) },
  { name: 'purge', at: daily('03:30'), missed: 'once', run: (rooms) => rooms(Purge).forgetOld() },
  {
    name: 'forget-callbacks',
    at: daily('03:40'),
    missed: 'once',
    run: (rooms, now) => rooms(CallbackPurge).forgetOld(now),
  },
  { name: 'forget-orders', at: daily('03:50'), missed: 'once', run: (rooms, now) => rooms(OrderPurge).forgetOld(now) },
];
