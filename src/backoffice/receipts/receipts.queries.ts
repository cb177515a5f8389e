import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type Page, pageOf, readKey } from '../../shared/keyset.js';

export interface UploadRow {
  id: string;
  file_name: string;
  state: 'checked' | 'imported';
  row_count: number;
  fault_count: number;
  faults: { row: number; field: string; code: string }[];
  added_count: number | null;
  known_count: number | null;
  ready_count: number | null;
  uploaded_by: string | null;
  uploaded_at: string;
  imported_at: string | null;
}

export interface WaitingRow {
  id: string;
  customer_id: string;
  printed_at: string;
  sum_kopecks: string;
  fiscal_storage: string;
  fiscal_document: string;
  fiscal_sign: string;
  claimed_at: string;
}

/** A claim that a limit against fraud stopped, with the receipt that it is about. */
export interface ReviewRow extends Omit<WaitingRow, 'fiscal_storage' | 'fiscal_document' | 'fiscal_sign'> {
  station: string;
  receipt_number: string;
  surname: string | null;
  name: string | null;
}

export interface ReturnedRow {
  purchase_id: string;
  receipt_number: string;
  station: string;
  total_kopecks: string;
  refunded_at: string;
  /** Null where the till had done it, or nobody could tell what to do. */
  taken_back_hundredths: string | null;
  reason: 'at_till' | 'unclear' | null;
}

const UPLOADS = 20;
const CLAIMS = 50;
const UPLOAD = `u.id, u.file_name, u.state, u.row_count, u.fault_count, u.faults, u.added_count, u.known_count,
  jsonb_array_length(u.receipts) as ready_count, s.name as uploaded_by, u.uploaded_at, u.imported_at`;

/** Uploads of stations' receipts and the claims that wait for them. */
@Injectable()
export class ReceiptQueries {
  constructor(private readonly database: Database) {}

  async uploads(after: unknown): Promise<Page<UploadRow>> {
    const key = readKey(after, ['time', 'uuid']);
    const rows = await this.database.query<UploadRow>(
      `select ${UPLOAD} from receipt_upload u left join staff s on s.id = u.uploaded_by
       where $1::timestamptz is null or (u.uploaded_at, u.id) < ($1, $2::uuid)
       order by u.uploaded_at desc, u.id desc limit ${UPLOADS + 1}`,
      [key?.[0] ?? null, key?.[1] ?? null],
    );
    return pageOf(rows, UPLOADS, ({ uploaded_at: at, id }) => [at, id]);
  }

  async upload(id: string): Promise<UploadRow | undefined> {
    const [row] = await this.database.query<UploadRow>(
      `select ${UPLOAD} from receipt_upload u left join staff s on s.id = u.uploaded_by where u.id = $1`,
      [id],
    );
    return row;
  }

  /** The claims that have waited longest. */
  async waiting(): Promise<WaitingRow[]> {
    return this.database.query<WaitingRow>(
      `select id, customer_id, printed_at, sum_kopecks, fiscal_storage, fiscal_document, fiscal_sign, claimed_at
       from receipt_claim where state = 'waiting' order by claimed_at, id limit ${CLAIMS}`,
    );
  }

  /** The claims that staff decide on, those that have waited longest first. */
  async reviewed(id: string | null = null): Promise<ReviewRow[]> {
    return this.database.query<ReviewRow>(
      `select c.id, c.customer_id, c.printed_at, c.sum_kopecks, c.claimed_at, s.name as station, r.receipt_number,
              o.surname, o.name
       from receipt_claim c join station_receipt r on r.id = c.receipt_id join station s on s.id = r.station_id
       join customer o on o.id = c.customer_id
       where c.state = 'review' and ($1::uuid is null or c.id = $1) order by c.claimed_at, c.id limit ${CLAIMS}`,
      [id],
    );
  }

  /** Credited receipts whose refund a station told of afterwards, and what came of it. */
  async returned(): Promise<ReturnedRow[]> {
    return this.database.query<ReturnedRow>(
      `select b.purchase_id, p.receipt_number, s.name as station, f.total_kopecks, f.occurred_at as refunded_at,
              r.taken_back_hundredths, b.reason
       from claim_return b join station_receipt f on f.id = b.receipt_id join station s on s.id = f.station_id
       join purchase p on p.id = b.purchase_id left join refund r on r.id = b.refund_id
       order by b.worked_at desc, f.id limit ${CLAIMS}`,
    );
  }
}
