import { MikroOrmModule } from '@mikro-orm/nestjs';
import { MikroORM } from '@mikro-orm/postgresql';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { Database } from './database.js';
import { ormOptions } from './orm-options.js';

const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 2_000;

/** MikroORM for pages and back office, and plain SQL on the same connections. Rooms bring their entities themselves. */
@Module({})
export class DatabaseModule {
  static async for(config: Config): Promise<DynamicModule> {
    const options = ormOptions({
      url: config.databaseUrl,
      connections: config.databasePool,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      lockTimeoutMs: LOCK_TIMEOUT_MS,
    });
    return {
      module: DatabaseModule,
      global: true,
      imports: [await MikroOrmModule.forRoot({ ...options, autoLoadEntities: true, registerRequestContext: false })],
      providers: [
        {
          provide: Database,
          useFactory: async (orm: MikroORM) => new Database(await orm.em.getConnection().getNativeClient()),
          inject: [MikroORM],
        },
      ],
      exports: [Database],
    };
  }
}
