import { Injectable } from '@nestjs/common';
import { text, type Language } from '../../infra/i18n/texts.js';
import { CustomerMerging } from '../../loyalty/merging/merging.service.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { fullName } from '../full-name.js';
import { maskedPhone } from '../masked-phone.js';
import { CustomerQueries } from '../queries/customers.queries.js';
import { type MergePartyRow, MergeQueries } from './merge.queries.js';

const MOST_FOUND = 10;
const FIELDS = ['surname', 'name', 'patronymic', 'birth_date', 'sex', 'email'] as const;

/** «Объединить с другим клиентом»: finding the other one, and what would come out. */
@Injectable()
export class MergePages {
  constructor(
    private readonly queries: MergeQueries,
    private readonly customers: CustomerQueries,
    private readonly merging: CustomerMerging,
    private readonly clock: Clock,
  ) {}

  async search(id: string, typed: unknown): Promise<object> {
    const customer = partyView(await this.party(id));
    const q = typeof typed === 'string' ? typed.trim() : '';
    const found = q === '' ? [] : (await this.customers.list({ search: q, since: null }, null)).rows;
    const others = found.filter((row) => row.id !== id && row.merged_into === null);
    return {
      customer,
      q,
      searched: q !== '',
      found: others.slice(0, MOST_FOUND).map((row) => ({
        ...{ id: row.id, balance: row.balance, card: row.cards[0] ?? null },
        ...{ fullName: fullName(row), maskedPhone: maskedPhone(row.phone) },
      })),
    };
  }

  /** Both side by side: who stays, who goes, and which empty fields are filled. */
  async preview(intoId: string, fromId: string, language: Language): Promise<object> {
    if (intoId === fromId) throw new DomainError('customer_merge_same', 'conflict');
    const [into, from] = await Promise.all([this.party(intoId), this.party(fromId)]);
    const fills = FIELDS.filter((field) => into[field] === null && from[field] !== null);
    return {
      into: partyView(into),
      from: partyView(from),
      fills: fills.map((field) => text(language, `merges:fields.${field}`)).join(', '),
    };
  }

  merge(intoId: string, fromId: string, staffId: string): Promise<object> {
    return this.merging.merge({ fromId, intoId, staffId });
  }

  private async party(id: string): Promise<MergePartyRow> {
    const party = await this.queries.party(id, this.clock.now());
    if (!party) throw new DomainError('customer_not_found', 'not_found');
    if (party.merged_into !== null) throw new DomainError('customer_already_merged', 'conflict');
    return party;
  }
}

function partyView({ phone, ...party }: MergePartyRow): object {
  return { ...party, fullName: fullName(party), maskedPhone: maskedPhone(phone) };
}
