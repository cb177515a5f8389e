import { Injectable, Logger, NotFoundException, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CardRegister } from '../cards/card-register.service.js';
import type { CardState } from '../cards/card-state.js';
import { Config } from '../infra/config/config.js';
import { Database } from '../infra/database/database.js';
import type { Sql } from '../infra/database/sql.js';
import { type StartHook, StartHooks } from '../infra/start/start-hooks.js';
import { Clock } from '../shared/clock.js';
import { bannerOf } from './banner.js';
import { roomsAt } from './story/rooms.js';
import { readSeeds } from './story/seeds.js';
import { Story } from './story/story.js';
import { StoryClock } from './story/story-clock.js';
import type { World, WorldAnswer } from './world.js';

/** The world that visitors of the demo find: made once, in an empty database, whole or not at all. */
@Injectable()
export class DemoWorld implements OnModuleInit, StartHook {
  private readonly logger = new Logger('DemoWorld');

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cards: CardRegister,
    private readonly modules: ModuleRef,
    private readonly hooks: StartHooks,
  ) {}

  onModuleInit(): void {
    this.hooks.add(this);
  }

  async beforeListening(): Promise<void> {
    if (this.config.createsDemo) await this.createOnce();
  }

  async banner(): Promise<string[]> {
    const world = await this.find();
    return world ? bannerOf(world) : [];
  }

  /** Fills an empty database; leaves any other as it is and answers false. */
  createOnce(): Promise<boolean> {
    return this.database.transaction(async (sql) => {
      // Two copies started at once make one world.
      await sql.query(`select pg_advisory_xact_lock(hashtext('demo_world'))`);
      if (!(await isEmpty(sql))) return false;
      const started = performance.now();
      const clock = new StoryClock(this.clock.now());
      const rooms = roomsAt(clock, this.modules);
      const story = new Story(sql, rooms, clock, readSeeds(), this.config);
      const world = await story.tell(this.clock.now());
      await sql.query(
        `insert into demo_world (world) values ($1) on conflict (the_one) do update set world = excluded.world`,
        [JSON.stringify(world)],
      );
      this.logger.log(`the demo world was made in ${Math.round(performance.now() - started)} ms`);
      return true;
    });
  }

  /** What was made for this installation; null where the database was filled by somebody else. */
  async find(): Promise<World | null> {
    const [row] = await this.database.query<{ world: World | null }>('select world from demo_world');
    return row?.world ?? null;
  }

  private sims(ids: readonly string[]): Promise<WorldAnswer['sims']> {
    return this.database.query<WorldAnswer['sims'][number]>(
      `select o.code as operator, s.iccid, s.number, s.state from sim_card s join operator o on o.id = s.operator_id
       where s.id = any($1::uuid[]) order by array_position($1::uuid[], s.id)`,
      [ids],
    );
  }

  /** Contact phones of whoever has a number of ours that works. */
  private async phonesWithLines({ customers }: World): Promise<Set<string>> {
    const rows = await this.database.query<{ phone: string }>(
      `select distinct l.phone from login l join line n on n.customer_id = l.id where l.phone = any($1) and n.state = 'active'`,
      [customers.map(({ phone }) => phone)],
    );
    return new Set(rows.map(({ phone }) => phone));
  }

  /** The world as it is now: a card that was sold meanwhile stands among the sold ones. */
  async show(): Promise<WorldAnswer> {
    const world = await this.find();
    if (!world) throw new NotFoundException();
    const states = await this.cards.byNumbers(this.database, world.cards);
    const withLines = await this.phonesWithLines(world);
    const inState = (state: CardState): string[] => world.cards.filter((number) => states.get(number)?.state === state);
    return {
      staff: world.staff.map((member) => ({ ...member, totpSecret: null })),
      customers: world.customers.map((customer) => ({
        ...customer,
        has: withLines.has(customer.phone) ? ['points', 'lines'] : ['points'],
      })),
      terminals: world.terminals,
      cashiers: world.cashiers ?? [],
      ivrKey: world.ivrKey ?? null,
      cards: { printed: inState('printed'), sold: inState('sold'), active: inState('active') },
      sims: await this.sims(world.sims ?? []),
    };
  }
}

async function isEmpty(sql: Sql): Promise<boolean> {
  const [{ filled } = { filled: true }] = await sql.query<{ filled: boolean }>(
    `select exists (select from staff) or exists (select from login) or exists (select from station)
            or exists (select from card) or exists (select from office) or exists (select from demo_world where world is not null) as filled`,
  );
  return !filled;
}
