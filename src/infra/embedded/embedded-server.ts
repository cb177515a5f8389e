import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createCluster, refuseOtherVersion } from './cluster.js';
import { answers, createDatabase, urlOf } from './connection.js';
import { FolderInUse, FolderLock } from './folder-lock.js';
import { Keeper } from './keeper.js';
import { launch } from './launch.js';
import { settlePlaces } from './places.js';
import { findPostmaster, readPostmaster, stopPostmaster, type Postmaster } from './postmaster.js';
import { findServerUser } from './server-user.js';

/**
 * A PostgreSQL server of our own inside DATA_DIR, from binaries that npm installed.
 *
 * It runs in a process group of its own, so that Ctrl+C ends it only after the application let go of it; where the
 * application was killed, its server lives on and the next start adopts it.
 */
export class EmbeddedServer {
  private constructor(
    readonly url: string,
    private readonly keeper: Keeper | undefined,
    private readonly lock: FolderLock | undefined,
  ) {}

  /** Starts (or adopts) the folder's server; throws FolderInUse where another copy of the application holds it. */
  static async start(dataDir: string): Promise<EmbeddedServer> {
    const lock = FolderLock.take(dataDir);
    try {
      const user = findServerUser();
      const places = await settlePlaces(dataDir, user);
      if (!existsSync(join(places.data, 'PG_VERSION'))) createCluster(places, dataDir, user);
      refuseOtherVersion(places.data);
      const postmaster = (await adopt(places.data, dataDir)) ?? (await launch(places, dataDir, user));
      const url = urlOf(postmaster, places.data, dataDir);
      await createDatabase(url);
      const relaunch = () => {
        findPostmaster(places.data);
        return launch(places, dataDir, user, postmaster.port);
      };
      return new EmbeddedServer(url, new Keeper(postmaster.pid, relaunch), lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** For a short command: works beside a running copy of the application, and leaves the server to it. */
  static async join(dataDir: string): Promise<EmbeddedServer> {
    try {
      return await EmbeddedServer.start(dataDir);
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      const data = realpathSync(join(dataDir, 'postgres'));
      const postmaster = readPostmaster(data);
      if (!postmaster?.ready) throw error;
      return new EmbeddedServer(urlOf(postmaster, data, dataDir), undefined, undefined);
    }
  }

  async stop(): Promise<void> {
    await this.keeper?.stop();
    this.lock?.release();
  }
}

/** Takes over the server that a killed application left behind; one that does not answer is ended. */
async function adopt(data: string, dataDir: string): Promise<Postmaster | undefined> {
  const postmaster = findPostmaster(data);
  if (!postmaster) return undefined;
  if (postmaster.ready && (await answers(urlOf(postmaster, data, dataDir, 'postgres')))) return postmaster;
  await stopPostmaster(postmaster.pid);
  findPostmaster(data);
  return undefined;
}
