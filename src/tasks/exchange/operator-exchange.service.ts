import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { SYSTEM } from '../../shared/actor.js';
import { Clock } from '../../shared/clock.js';
import { type Arrival, ExchangeFolder, FolderFault } from './exchange-folder.js';
import { IncomingFiles, MOST_BYTES } from './incoming-files.service.js';
import { OutgoingFiles } from './outgoing-files.service.js';

interface Partner {
  id: string;
  code: string;
}

/** What the file system says, as `tasks:folder.<code>`. */
const FAULTS: Readonly<Record<string, string>> = {
  ...{ ENOENT: 'missing', ENOTDIR: 'link', ELOOP: 'link', EACCES: 'closed', EPERM: 'closed', EROFS: 'closed' },
  ...{ ENOSPC: 'full', EDQUOT: 'full' },
};

/** The exchange of files with operators over folders, every minute. */
@Injectable()
export class OperatorExchange {
  private readonly logger = new Logger('OperatorExchange');
  /** How each file looked last time: one that has changed since is still on its way. */
  private readonly seen = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly outgoing: OutgoingFiles,
    private readonly incoming: IncomingFiles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Also with operators that are back to clerks, until all is answered. One's trouble keeps no other waiting; it stands on the page of operators until it is over. */
  async exchange(): Promise<void> {
    const root = this.config.operatorExchangeDir;
    if (root === undefined) return;
    const partners = await this.database.query<Partner>(
      `select o.id, o.code from operator_channel c join operator o on o.id = c.operator_id
       where c.channel = 'files'
         or exists (select from operator_task t where t.operator_id = o.id and t.channel = 'files' and t.closed_at is null)
         or exists (select from operator_file f where f.operator_id = o.id and f.direction = 'out' and f.finished_at is null)
       order by o.position, o.id`,
    );
    for (const partner of partners) {
      const fault = await this.exchangeWith(partner, root).then(
        () => null,
        (error: unknown) => this.faultOf(error, partner),
      );
      await this.database.query(
        'update operator_channel set folder_at = $2, folder_fault = $3 where operator_id = $1',
        [...[partner.id, this.clock.now(), fault]],
      );
    }
  }

  private async exchangeWith({ id, code }: Partner, root: string): Promise<void> {
    const folder = await ExchangeFolder.open(root, code);
    // What failed goes back before the next file is made.
    await this.takeIn(id, folder);
    while ((await this.outgoing.gather(id, SYSTEM)) !== null);
    while (await this.outgoing.deliverNext(id, ({ name, bytes }) => folder.lay(name, bytes)));
  }

  private async takeIn(operatorId: string, folder: ExchangeFolder): Promise<void> {
    const arrivals = await folder.arrivals();
    const ripe = arrivals.filter(({ name, stamp }) => this.seen.get(`${operatorId}/${name}`) === stamp);
    for (const key of this.seen.keys()) if (key.startsWith(`${operatorId}/`)) this.seen.delete(key);
    for (const { name, stamp } of arrivals) this.seen.set(`${operatorId}/${name}`, stamp);
    for (const arrival of ripe) await this.takeOne(operatorId, folder, arrival);
  }

  private async takeOne(operatorId: string, folder: ExchangeFolder, arrival: Arrival): Promise<void> {
    const { name } = arrival;
    if (arrival.bytes > MOST_BYTES) {
      await this.incoming.keepTooLarge({ operatorId, name, stamp: arrival.stamp });
      return folder.settle(arrival, 'faulty');
    }
    const bytes = await folder.read(arrival);
    if (bytes === null) return;
    const { id: fileId } = await this.incoming.keep({ operatorId, name, bytes, staffId: null });
    const faults = await this.incoming.take(fileId, SYSTEM);
    await folder.settle(arrival, faults > 0 ? 'faulty' : 'done');
  }

  private faultOf(error: unknown, { code }: Partner): string {
    this.logger.error({ err: error, operator: code, msg: 'the exchange of files failed, will be tried again' });
    if (error instanceof FolderFault) return error.code;
    return FAULTS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'failed';
  }
}
