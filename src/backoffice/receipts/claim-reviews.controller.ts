import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { validateForm } from '../../infra/web/form.js';
import { Roles } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { ClaimReviews } from '../../loyalty/claims/claim-reviews.service.js';
import type { Actor } from '../../shared/actor.js';
import { DomainError } from '../../shared/domain-error.js';
import { Clerk } from '../clerk.js';
import { Line } from '../dto/line.js';
import { ReceiptQueries } from './receipts.queries.js';

class RefusalForm {
  @Line(300)
  decision!: string;
}

/** Claims that a limit against fraud stopped: staff credit or refuse them. */
@Controller('admin/receipts/claims')
@Roles('admin', 'manager')
@Layout('backoffice')
export class ClaimReviewsController {
  constructor(
    private readonly queries: ReceiptQueries,
    private readonly reviews: ClaimReviews,
  ) {}

  @Get(':id')
  @Page('backoffice/claim-review', 'backoffice')
  async show(@Param('id', KnownId) id: string): Promise<object> {
    const [claim] = await this.queries.reviewed(id);
    if (!claim) throw new DomainError('claim_decided', 'not_found');
    // The receipt's time is local: read as if it were UTC, it is shown as it is printed.
    return { claim: { ...claim, printedAt: `${claim.printed_at.replace(' ', 'T')}Z` } };
  }

  @Post(':id/credit')
  @FormPage('backoffice/claim-review', (it: ClaimReviewsController, req) => it.show(String(req.params['id'])))
  async credit(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    const credited = await this.reviews.credit(id, clerk);
    return seeOther('/admin/receipts', credited ? 'claims:review.credited' : 'claims:review.notCredited');
  }

  @Post(':id/refusal')
  @FormPage('backoffice/claim-review', (it: ClaimReviewsController, req) => it.show(String(req.params['id'])))
  async refuse(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    await this.reviews.refuse(id, validateForm(RefusalForm, body).decision, clerk);
    return seeOther('/admin/receipts', 'claims:review.refused');
  }
}
