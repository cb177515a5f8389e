import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isLanguage } from '../i18n/texts.js';
import { Cookies } from './cookies.js';
import { refererPath, safeBack } from './safe-back.js';

/** How the reader likes the pages: language and theme, kept in cookies of a year. */
@Controller()
export class PreferencesController {
  constructor(private readonly cookies: Cookies) {}

  /** A plain link, so that it works before any form does; it changes nothing but the words. */
  @Get('language/:language')
  language(
    @Param('language') language: string,
    @Query('back') back: unknown,
    @Req() req: Request,
    @Res() res: Response,
  ): void {
    if (!isLanguage(language)) throw new NotFoundException();
    this.cookies.keepChoice(res, 'lang', language);
    res.redirect(303, this.wayBack(req, back));
  }

  /** At the door of the page that asks: its token fits nowhere else. */
  @Post(['theme', 'admin/theme'])
  theme(@Body() body: { theme?: unknown; back?: unknown }, @Req() req: Request, @Res() res: Response): void {
    if (body.theme === 'light' || body.theme === 'dark') this.cookies.keepChoice(res, 'theme', body.theme);
    else res.clearCookie('theme', { path: '/' });
    res.redirect(303, this.wayBack(req, body.back));
  }

  private wayBack(req: Request, back: unknown): string {
    return safeBack(back, safeBack(refererPath(req.headers.referer, req.headers.host), '/'));
  }
}
