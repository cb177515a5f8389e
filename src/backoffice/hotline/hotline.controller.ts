import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { IvrKeys, MOST_IVR_KEYS } from '../../auth/api-keys/ivr-keys.service.js';
import { Config } from '../../infra/config/config.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError } from '../../shared/domain-error.js';
import { Clerk } from '../clerk.js';

/** Keys of the telephone line on which cards are asked about and blocked. */
@Controller('admin/settings/ivr')
@Roles('admin')
export class HotlineController {
  constructor(
    private readonly keys: IvrKeys,
    private readonly config: Config,
  ) {}

  @Get()
  @Page('backoffice/ivr', 'backoffice')
  async show(): Promise<object> {
    const keys = await this.keys.list();
    const active = keys.filter(({ revokedAt }) => revokedAt === null);
    return {
      active,
      revoked: keys.filter(({ revokedAt }) => revokedAt !== null),
      mayHaveKey: active.length < MOST_IVR_KEYS,
    };
  }

  /** No redirect: the key exists on this very page and nowhere else. */
  @Post('keys')
  @HttpCode(201)
  @Page('backoffice/ivr-key', 'backoffice')
  @FormPage('backoffice/ivr', (it: HotlineController) => it.show())
  async issue(@Clerk() clerk: Actor): Promise<object> {
    const { key } = await this.keys.issue(clerk);
    return { key, curl: this.curlOf(key) };
  }

  @Post('keys/:id/revocation')
  async revoke(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    if (!(await this.keys.revoke(id, clerk))) throw new DomainError('not_found', 'not_found');
    return seeOther('/admin/settings/ivr', 'ivr:page.revoked');
  }

  /** A phone and a number that are nobody's: a key that works is told «card_not_found», another «unauthorized». */
  private curlOf(key: string): string {
    const body = `{"phone":"+79000000000","card":"2990000000000"}`;
    const headers = `-H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json'`;
    return `curl ${headers} -d '${body}' ${this.config.publicUrl}/api/ivr/v1/balance`;
  }
}
