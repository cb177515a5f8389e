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

export interface ReturnedRow {
  purchase_id: string;
  customer_id: string;
  receipt_number: string;
  station: string;
  total_kopecks: string;
  refunded_at: string;
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

  /** Credited receipts whose refund was uploaded afterwards: for a member of staff to look at. */
  async returned(): Promise<ReturnedRow[]> {
    return this.database.query<ReturnedRow>(
      `select c.purchase_id, c.customer_id, r.receipt_number, s.name as station, r.total_kopecks, f.occurred_at as refunded_at
       from station_receipt f
       join station_receipt r on r.terminal_id = f.terminal_id and r.receipt_number = f.refunded_number and r.kind = 'sale'
         and f.occurred_at between r.occurred_at and r.occurred_at + interval '30 days'
       join receipt_claim c on c.receipt_id = r.id and c.state = 'credited'
       join station s on s.id = r.station_id
       where f.kind = 'refund' order by f.occurred_at desc limit ${CLAIMS}`,
    );
  }
}
