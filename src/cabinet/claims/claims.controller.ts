import { Body, Controller, Get, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { CameraPage } from '../../infra/web/camera-page.js';
import { Config } from '../../infra/config/config.js';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { FormPage, Page } from '../../infra/web/page.js';
import { seeOther, type SeeOther } from '../../infra/web/see-other.js';
import { ReceiptClaims } from '../../loyalty/claims/receipt-claims.service.js';
import { readClaimForm } from './claim.form.js';
import { type ClaimListRow, ClaimQueries } from './claims.queries.js';

@Controller('cabinet/claims')
@UseGuards(CustomerOnly)
export class ClaimsController {
  constructor(
    private readonly claims: ReceiptClaims,
    private readonly queries: ClaimQueries,
    private readonly config: Config,
  ) {}

  @Get()
  @Page('cabinet/claims', 'cabinet')
  async list(@CurrentCustomer() id: string): Promise<object> {
    return { claims: (await this.queries.list(id)).map(shown), ...this.config.claims };
  }

  @Get('new')
  @UseInterceptors(CameraPage)
  @Page('cabinet/claim-new', 'cabinet')
  form(): object {
    return { ...this.config.claims };
  }

  @Post('new')
  @UseInterceptors(CameraPage)
  @FormPage('cabinet/claim-new', (it: ClaimsController) => it.form())
  async claim(@CurrentCustomer() id: string, @Body() body: unknown): Promise<SeeOther> {
    await this.claims.claim(id, readClaimForm(body));
    return seeOther('/cabinet/claims', 'claims:claimed');
  }
}

const TAGS = { waiting: 'info', review: 'warning', credited: 'success', refused: 'error', expired: 'warning' } as const;

/** The receipt's time is local: read as if it were UTC, it is shown as it is printed. */
function shown(row: ClaimListRow): object {
  return {
    ...row,
    printedAt: `${row.printed_at.replace(' ', 'T')}Z`,
    kind: TAGS[row.state],
    textKey: row.state === 'refused' ? `claims:reasons.${row.reason}` : `claims:states.${row.state}.text`,
    nameKey: `claims:states.${row.state}.name`,
    path: row.purchase_id ? `/cabinet/points/${row.purchase_id}` : null,
  };
}
