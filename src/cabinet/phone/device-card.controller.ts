import { Controller, Get } from '@nestjs/common';
import { Page } from '../../infra/web/page.js';

/** The card as the reader's own phone remembers it: the page itself knows nothing of anybody. */
@Controller('card')
export class DeviceCardController {
  @Get()
  @Page('phone/device-card', 'device')
  show(): object {
    return {};
  }
}
