import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Roles } from '../infra/web/guards.js';
import { Layout, Page } from '../infra/web/page.js';
import type { Actor } from '../shared/actor.js';
import { BooksPage } from './books-page.service.js';
import { Clerk } from './clerk.js';

@Controller('admin/ledger')
@Roles('admin', 'accountant')
@Layout('backoffice')
export class LedgerController {
  constructor(private readonly books: BooksPage) {}

  @Get()
  @Page('backoffice/ledger', 'backoffice')
  show(): Promise<object> {
    return this.books.books();
  }

  @Post('proofs')
  @HttpCode(200)
  @Page('backoffice/ledger', 'backoffice')
  prove(@Clerk() clerk: Actor): Promise<object> {
    return this.books.proveBooks(clerk);
  }
}
