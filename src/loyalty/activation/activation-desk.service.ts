import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '../../auth/limits/rate-limits.service.js';
import { Database } from '../../infra/database/database.js';
import { hostOf } from '../../shared/ip.js';
import { type ActivatedCard, Activation } from './activation.service.js';
import { type Applicant, type Application, Applications } from './applications.service.js';
import { Possession, type Proof } from './possession.service.js';

export interface ActivationForm extends Omit<Application, 'kind' | 'cardNumber'> {
  card: string;
  proof: Proof;
}

export type ConfirmedCard = Pick<ActivatedCard, 'customerId' | 'movedHundredths'>;

/** The page that activates plastic, step by step. */
@Injectable()
export class ActivationDesk {
  /** Whoever tries number after number is looking for cards that are not theirs. */
  private readonly numbers: Limit = { name: 'activation_numbers', points: 60, seconds: 3600 };

  constructor(
    private readonly activation: Activation,
    private readonly possession: Possession,
    private readonly applications: Applications,
    private readonly rates: RateLimits,
    private readonly database: Database,
  ) {}

  /** Checks card and proof, keeps the application and sends the code; returns the application's id. */
  async apply({ card: number, proof, ...application }: ActivationForm, applicant: Applicant): Promise<string> {
    await this.rates.consume(this.numbers, hostOf(applicant.ip));
    const card = await this.activation.findSoldCard(this.database, number);
    await this.possession.demand(card, proof);
    return this.applications.apply({ ...application, kind: 'plastic', cardNumber: number }, applicant);
  }

  /** The typed code activates the card; typed again it leads to it again. */
  async confirm(id: string, code: string, { browser, language }: Applicant): Promise<ConfirmedCard> {
    try {
      return await this.applications.accept('plastic', id, { browser, code }, (sql, application) =>
        this.activation.activateCard(sql, application, language),
      );
    } catch (refusal) {
      const customerId = await this.applications.alreadyAccepted('plastic', id, { browser, code });
      if (customerId === null) throw refusal;
      return { customerId, movedHundredths: 0n };
    }
  }
}
