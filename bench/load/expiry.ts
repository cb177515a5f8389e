import pg from 'pg';
import { Database } from '../../src/infra/database/database.js';
import { Ledger } from '../../src/ledger/ledger.service.js';
import { Expiry } from '../../src/loyalty/expiry.service.js';
import type { ExpiryLoad } from '../reference/expiry.js';
import { answer, orders } from './orders.js';

/** The nightly run itself, as a worker makes it. */
const { url, now } = orders<ExpiryLoad>();
const pool = new pg.Pool({ connectionString: url, max: 4 });
const expiry = new Expiry(new Database(pool), new Ledger());
const began = performance.now();
await expiry.expireLots(new Date(now));
const seconds = (performance.now() - began) / 1000;
await pool.end();
answer({ seconds });
