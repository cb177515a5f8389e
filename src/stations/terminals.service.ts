import { EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.service.js';
import { ApiKeys, type IssuedKey } from '../auth/api-keys/api-keys.service.js';
import { sqlOf } from '../infra/database/database.js';
import type { Actor } from '../shared/actor.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { Station } from './station.entity.js';
import { StationClosed, StationNotFound, TerminalClosed, TerminalNotFound } from './stations.errors.js';
import { Terminal } from './terminal.entity.js';

/** A station's cash registers and the keys that they speak with. */
@Injectable()
export class TerminalsService {
  constructor(
    private readonly em: EntityManager,
    private readonly keys: ApiKeys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async findTerminal(id: string): Promise<Terminal> {
    return found(await this.em.fork().findOne(Terminal, { id }));
  }

  async installTerminal(stationId: string, name: string, actor: Actor): Promise<Terminal> {
    try {
      return await this.em.fork().transactional(async (em) => {
        await expectOpen(em, stationId);
        const terminal = em.create(Terminal, { stationId, name, createdAt: this.clock.now() });
        await em.persist(terminal).flush();
        await this.record(em, 'terminal.installed', terminal, actor);
        return terminal;
      });
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      throw new InvalidInput([{ path: 'terminalName', code: 'terminal_name_taken' }]);
    }
  }

  /** Takes it out of use; its keys stop working. Returns it, so that the caller knows its station. */
  async removeTerminal(id: string, actor: Actor): Promise<Terminal> {
    return this.em.fork().transactional(async (em) => {
      const terminal = await lock(em, id);
      if (terminal.closedAt) return terminal;
      terminal.closedAt = this.clock.now();
      await em.flush();
      const revokedKeys = await this.keys.revokeAll(sqlOf(em), [id], actor);
      await this.record(em, 'terminal.removed', terminal, actor, { revokedKeys });
      return terminal;
    });
  }

  /** Back in use; it needs a new key. */
  async restoreTerminal(id: string, actor: Actor): Promise<Terminal> {
    return this.em.fork().transactional(async (em) => {
      const terminal = await lock(em, id);
      if (!terminal.closedAt) return terminal;
      terminal.closedAt = null;
      await em.flush();
      await this.record(em, 'terminal.restored', terminal, actor);
      return terminal;
    });
  }

  /** The key is shown once, to whoever asked for it. Fails with `too_many_keys` beside two that work. */
  async issueKey(terminalId: string, actor: Actor): Promise<IssuedKey> {
    return this.em.fork().transactional(async (em) => {
      const terminal = await lock(em, terminalId);
      if (terminal.closedAt) throw new TerminalClosed();
      await expectOpen(em, terminal.stationId);
      return this.keys.issueTerminalKey(sqlOf(em), terminalId, actor);
    });
  }

  async revokeKey(terminalId: string, keyId: string, actor: Actor): Promise<Terminal> {
    return this.em.fork().transactional(async (em) => {
      const terminal = await lock(em, terminalId);
      if (!(await this.keys.revoke(sqlOf(em), terminalId, keyId, actor))) throw new TerminalNotFound();
      return terminal;
    });
  }

  private record(em: EntityManager, action: string, terminal: Terminal, actor: Actor, facts = {}): Promise<void> {
    const object = { kind: 'terminal', id: terminal.id };
    return this.audit.record(sqlOf(em), { actor, action, object, facts: { stationId: terminal.stationId, ...facts } });
  }
}

async function lock(em: EntityManager, id: string): Promise<Terminal> {
  return found(await em.findOne(Terminal, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }));
}

function found(terminal: Terminal | null): Terminal {
  if (!terminal) throw new TerminalNotFound();
  return terminal;
}

/** The lock keeps the station open until the terminal or its key is there. */
async function expectOpen(em: EntityManager, stationId: string): Promise<void> {
  const station = await em.findOne(Station, { id: stationId }, { lockMode: LockMode.PESSIMISTIC_READ });
  if (!station) throw new StationNotFound();
  if (station.closedAt) throw new StationClosed();
}
