import { EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { ApiKeys } from '../auth/api-keys/api-keys.service.js';
import { sqlOf } from '../infra/database/database.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { StationNotFound } from './stations.errors.js';
import { Station } from './station.entity.js';
import { Terminal } from './terminal.entity.js';

/** What staff write down about a station. */
export interface StationForm {
  number: number;
  name: string;
  city: string;
  address: string;
  timeZone: string;
}

@Injectable()
export class StationsService {
  constructor(
    private readonly em: EntityManager,
    private readonly keys: ApiKeys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async findStation(id: string): Promise<Station> {
    return found(await this.em.fork().findOne(Station, { id }));
  }

  async openStation(form: StationForm, actor: Actor): Promise<Station> {
    return this.change(async (em) => {
      const station = em.create(Station, { ...form, createdAt: this.clock.now() });
      em.persist(station);
      await em.flush();
      await this.record(em, 'station.opened', station.id, actor, { after: form });
      return station;
    });
  }

  async editStation(id: string, form: StationForm, actor: Actor): Promise<void> {
    await this.change(async (em) => {
      const station = found(await em.findOne(Station, { id }));
      const before = formOf(station);
      em.assign(station, form);
      await em.flush();
      await this.record(em, 'station.edited', id, actor, { before, after: form });
    });
  }

  /** From now on none of its terminals' keys work. */
  async closeStation(id: string, actor: Actor): Promise<void> {
    await this.change(async (em) => {
      const station = found(await em.findOne(Station, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }));
      if (station.closedAt) return;
      station.closedAt = this.clock.now();
      await em.flush();
      const terminals = await em.find(Terminal, { stationId: id });
      const ids = terminals.map((terminal) => terminal.id);
      const revokedKeys = await this.keys.revokeAll(sqlOf(em), ids, actor);
      await this.record(em, 'station.closed', id, actor, { revokedKeys });
    });
  }

  /** Its terminals need new keys then. */
  async reopenStation(id: string, actor: Actor): Promise<void> {
    await this.change(async (em) => {
      const station = found(await em.findOne(Station, { id }));
      if (!station.closedAt) return;
      station.closedAt = null;
      await em.flush();
      await this.record(em, 'station.reopened', id, actor);
    });
  }

  private async change<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.em.fork().transactional(work);
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw new InvalidInput([{ path: 'number', code: 'station_number_taken' }]);
      }
      throw error;
    }
  }

  private record(em: EntityManager, action: string, id: string, actor: Actor, facts = {}): Promise<void> {
    return this.audit.record(sqlOf(em), { actor, action, object: { kind: 'station', id }, facts });
  }
}

function found(station: Station | null): Station {
  if (!station) throw new StationNotFound();
  return station;
}

function formOf({ number, name, city, address, timeZone }: Station): StationForm {
  return { number, name, city, address, timeZone };
}
