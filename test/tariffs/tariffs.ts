import { Operators } from '../../src/tariffs/operators.service.js';
import { TariffDrafts } from '../../src/tariffs/tariff-drafts.service.js';
import { TariffPublishing } from '../../src/tariffs/tariff-publishing.service.js';
import { SAID_BY_NOBODY, type TariffTerms } from '../../src/tariffs/tariff-terms.js';
import { SYSTEM } from '../../src/shared/actor.js';
import type { TestApp } from '../support/app.js';

/** A month of a phone, as most tariffs are. */
export const USUAL: TariffTerms = {
  ...{ ...SAID_BY_NOBODY, name: 'Обычный', priceKopecks: 60_000n, minutesKind: 'amount', minutes: 500 },
  ...{ trafficKind: 'amount', trafficMegabytes: 20_000, smsKind: 'amount', sms: 100 },
};

export async function operatorId(app: TestApp, code = 'mts'): Promise<string> {
  const operators = await app.get(Operators).list();
  return operators.find((operator) => operator.code === code)!.id;
}

/** A tariff with a draft; answers its id. */
export async function draftTariff(app: TestApp, slug: string, terms: Partial<TariffTerms> = {}, code = 'mts') {
  const place = { operatorId: await operatorId(app, code), slug };
  return app.get(TariffDrafts).draftTariff(place, { ...USUAL, ...terms }, SYSTEM);
}

/** One that customers see. */
export async function openTariff(app: TestApp, slug: string, terms: Partial<TariffTerms> = {}, code = 'mts') {
  const id = await draftTariff(app, slug, terms, code);
  await app.get(TariffPublishing).publishDraft(id, 1, null, SYSTEM);
  return id;
}

/** A further version, in force at once or from a moment that lies ahead. */
export async function changeTariff(app: TestApp, id: string, terms: Partial<TariffTerms>, from: Date | null = null) {
  await app.get(TariffDrafts).saveDraft(id, null, { ...USUAL, ...terms }, SYSTEM);
  await app.get(TariffPublishing).publishDraft(id, 1, from, SYSTEM);
}
