import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Operator } from './operator.entity.js';
import { Tariff } from './tariff.entity.js';
import { TariffVersion } from './tariff-version.entity.js';
import { TariffNotFound } from './tariffs.errors.js';

const MOST_VERSIONS = 500;

/** A tariff as those see it who look after it. */
@Injectable()
export class TariffReader {
  constructor(private readonly em: EntityManager) {}

  async findTariff(id: string): Promise<Tariff> {
    const tariff = await this.em.fork().findOne(Tariff, { id });
    if (!tariff) throw new TariffNotFound();
    return tariff;
  }

  async operatorOf({ operatorId }: Tariff): Promise<Operator> {
    return this.em.fork().findOneOrFail(Operator, { id: operatorId });
  }

  async versionsById(ids: readonly string[]): Promise<Map<string, TariffVersion>> {
    const versions = await this.em.fork().find(TariffVersion, { id: { $in: [...ids] } });
    return new Map(versions.map((version) => [version.id, version]));
  }

  /** All there were, the newest first. */
  versionsOf(tariffId: string): Promise<TariffVersion[]> {
    return this.em.fork().find(TariffVersion, { tariffId }, { orderBy: { number: 'desc' }, limit: MOST_VERSIONS });
  }
}
