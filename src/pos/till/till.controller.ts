import { Controller, Get, Header, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../../infra/config/config.js';
import { assetPath } from '../../infra/web/assets.js';
import { CameraPage } from '../../infra/web/camera-page.js';
import { Page } from '../../infra/web/page.js';
import { Clock } from '../../shared/clock.js';
import { categories } from '../../stations/category.js';
import type { TillDevice } from '../../stations/tills/till-devices.service.js';
import type { Shift } from '../../stations/tills/till-shifts.service.js';
import { CurrentDevice, CurrentShift, TillOnly } from './till.guards.js';
import { scriptTexts } from './script-texts.js';
import { type TillState, tillState } from './till.views.js';

/** The web till's one page. It holds nothing of anybody, so that the device may keep it for when the line is down. */
@Controller('till')
@UseGuards(TillOnly)
export class TillController {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  @Get()
  @UseInterceptors(CameraPage)
  @Page('till/till', 'till')
  show(@Req() req: Request): object {
    return { categories, texts: scriptTexts(req.language), scanner: assetPath('scanner.js') };
  }

  /** Stands under /till, so that it sees to this page alone; it names its own version, so that it is asked for anew. */
  @Get('worker.js')
  @Header('Cache-Control', 'no-cache')
  @Header('Service-Worker-Allowed', '/till')
  worker(@Res() res: Response): void {
    res.type('js').send(`importScripts('${assetPath('till-worker.js')}');\n`);
  }

  @Get('api/state')
  state(@CurrentDevice() device: TillDevice, @CurrentShift() shift: Shift, @Req() req: Request): TillState {
    const { cardPriceKopecks } = this.config.programme;
    return tillState({ device, shift, now: this.clock.now(), csrf: req.formToken?.() ?? '', cardPriceKopecks });
  }
}
