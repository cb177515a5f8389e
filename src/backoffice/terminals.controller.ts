import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { validateForm } from '../infra/web/form.js';
import { Roles } from '../infra/web/guards.js';
import { KnownId } from '../infra/web/known-id.pipe.js';
import { FormPage, Layout, Page } from '../infra/web/page.js';
import { seeOther, type SeeOther } from '../infra/web/see-other.js';
import type { Actor } from '../shared/actor.js';
import { TerminalsService } from '../stations/terminals.service.js';
import { Clerk } from './clerk.js';
import { TerminalDto } from './dto/terminal.dto.js';
import { StationPages } from './station-pages.service.js';

@Controller('admin/stations')
@Roles('admin', 'manager')
@Layout('backoffice')
export class TerminalsController {
  constructor(
    private readonly pages: StationPages,
    private readonly terminals: TerminalsService,
  ) {}

  @Post(':id/terminals')
  @FormPage('backoffice/station', (it: TerminalsController, req) => it.pages.station(String(req.params['id'])))
  async install(@Param('id', KnownId) id: string, @Body() body: unknown, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { terminalName: name } = validateForm(TerminalDto, body);
    await this.terminals.installTerminal(id, name, clerk);
    return seeOther(`/admin/stations/${id}#terminals`, 'backoffice:terminals.installed', { name });
  }

  @Post('terminals/:id/removal')
  async remove(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { stationId, name } = await this.terminals.removeTerminal(id, clerk);
    return seeOther(`/admin/stations/${stationId}#terminals`, 'backoffice:terminals.removed', { name });
  }

  @Post('terminals/:id/restoration')
  async restore(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<SeeOther> {
    const { stationId, name } = await this.terminals.restoreTerminal(id, clerk);
    return seeOther(`/admin/stations/${stationId}#terminals`, 'backoffice:terminals.restored', { name });
  }

  /** No redirect: the key exists on this very page and nowhere else. */
  @Post('terminals/:id/keys')
  @HttpCode(201)
  @Page('backoffice/terminal-key', 'backoffice')
  async issueKey(@Param('id', KnownId) id: string, @Clerk() clerk: Actor): Promise<object> {
    const { key } = await this.terminals.issueKey(id, clerk);
    return this.pages.issuedKey(id, key);
  }

  @Post('terminals/:id/keys/:keyId/revocation')
  async revokeKey(
    @Param('id', KnownId) id: string,
    @Param('keyId', KnownId) keyId: string,
    @Clerk() clerk: Actor,
  ): Promise<SeeOther> {
    const { stationId } = await this.terminals.revokeKey(id, keyId, clerk);
    return seeOther(`/admin/stations/${stationId}#terminals`, 'backoffice:terminals.keyRevoked');
  }
}
