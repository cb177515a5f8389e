import { Controller, Get, Header, Param, StreamableFile, UseGuards } from '@nestjs/common';
import { CurrentCustomer, CustomerOnly } from '../../infra/web/guards.js';
import { KnownId } from '../../infra/web/known-id.pipe.js';
import { OnLine } from '../../infra/web/on-line.js';
import { Papers } from '../../papers/papers.service.js';

@Controller('cabinet/papers')
@OnLine('telecom')
@UseGuards(CustomerOnly)
export class CabinetPapersController {
  constructor(private readonly papers: Papers) {}

  /** `/cabinet/papers/0190….pdf` */
  @Get(':paper.pdf')
  @Header('Content-Type', 'application/pdf')
  @Header('Content-Disposition', 'inline')
  async open(@CurrentCustomer() id: string, @Param('paper', KnownId) paperId: string): Promise<StreamableFile> {
    return new StreamableFile(await this.papers.open(paperId, { kind: 'customer', id }));
  }
}
