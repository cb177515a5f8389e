import { Injectable } from '@nestjs/common';
import { CardReplacements } from '../../cards/replacements/card-replacements.service.js';
import { VirtualIssue } from '../../cards/virtual-issue.service.js';
import { Database } from '../../infra/database/database.js';
import { Clock } from '../../shared/clock.js';
import { revokeAllDevices } from '../spending/spending-devices.service.js';
import { type Applicant, type Application, Applications, type Enrolment } from './applications.service.js';
import { Newcomers } from './newcomers.service.js';

/** Cards for whoever has no plastic: full rights from the first moment (product L4). */
@Injectable()
export class VirtualCards {
  constructor(
    private readonly applications: Applications,
    private readonly newcomers: Newcomers,
    private readonly virtual: VirtualIssue,
    private readonly replacements: CardReplacements,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  apply(application: Omit<Application, 'kind' | 'cardNumber'>, applicant: Applicant): Promise<string> {
    return this.applications.apply({ ...application, kind: 'virtual', cardNumber: null }, applicant);
  }

  /** The typed code makes the customer and their virtual card; typed again it leads to it again. */
  async confirm(id: string, code: string, { browser, language }: Applicant): Promise<Pick<Enrolment, 'customerId'>> {
    try {
      return await this.applications.accept('virtual', id, { browser, code }, async (sql, application) => {
        const { customerId } = await this.newcomers.welcome(sql, application, language);
        return { customerId, number: await this.virtual.issue(sql, customerId) };
      });
    } catch (refusal) {
      const customerId = await this.applications.alreadyAccepted('virtual', id, { browser, code });
      if (customerId === null) throw refusal;
      return { customerId };
    }
  }

  /** The virtual card in use, if there is one. */
  inUse(customerId: string): Promise<string | undefined> {
    return this.virtual.active(this.database, customerId);
  }

  /** One virtual card a customer: the one they have, or a new one. Returns its number. */
  issueVirtualCard(customerId: string): Promise<string> {
    return this.database.transaction((sql) => this.virtual.issue(sql, customerId));
  }

  /**
   * Another number at once, the old one dead at every till: for a phone that may be in other hands. `old` is the number
   * that they saw when they asked, so that asking twice changes it once. Throws card_not_found for any other.
   */
  reissue(customerId: string, old: string): Promise<string> {
    const actor = { kind: 'customer', id: customerId } as const;
    return this.database.transaction(async (sql) => {
      const number = await this.replacements.reissueVirtual(sql, { old, actor, reason: 'reissued' });
      await revokeAllDevices(sql, customerId, this.clock.now());
      return number;
    });
  }
}
