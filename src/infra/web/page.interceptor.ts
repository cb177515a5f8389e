import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { ModuleRef, Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { catchError, from, map, type Observable, throwError } from 'rxjs';
import { InvalidInput, LimitExceeded, type DomainError } from '../../shared/domain-error.js';
import { areaOf } from './areas.js';
import { failureOf } from './failure.js';
import { belongsIntoForm, refusedForm } from './form.js';
import { isHtmx, leavePage } from './htmx.js';
import { FORM_PAGE, LAYOUT, layoutAt, type FormPageOptions, type LayoutName } from './page.js';
import { pageLocals, type LocalsParts } from './page-locals.js';
import { SeeOther } from './see-other.js';

const RENDER = '__renderTemplate__';

export interface PageParts extends LocalsParts {
  reflector: Reflector;
  modules: ModuleRef;
}

/** Gives pages their layout and shared locals, turns `seeOther` into a 303, and shows a refused form again. */
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly parts: PageParts) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const req = context.switchToHttp().getRequest<Request>();
    if (areaOf(req.path) === 'machines') return next.handle();
    const res = context.switchToHttp().getResponse<Response>();
    const formPage = this.read<FormPageOptions>(FORM_PAGE, context);
    if (this.read<string>(RENDER, context)) Object.assign(res.locals, this.locals(context, req, res));
    return next.handle().pipe(
      map((answer: unknown) => (answer instanceof SeeOther ? this.redirect(req, res, answer) : answer)),
      catchError((error: unknown) =>
        formPage && belongsIntoForm(error) ? from(this.showAgain(formPage, error, context)) : throwError(() => error),
      ),
    );
  }

  private async showAgain(page: FormPageOptions, error: DomainError, context: ExecutionContext): Promise<unknown> {
    const req = context.switchToHttp().getRequest<Request>();
    const res = context.switchToHttp().getResponse<Response>();
    const controller = this.parts.modules.get<never>(context.getClass(), { strict: false });
    const model = (await page.model(controller, req)) as object;
    if (error instanceof LimitExceeded) res.setHeader('Retry-After', String(error.retryAfterSeconds));
    res.status(isInput(error) ? 422 : failureOf(error).status).type('html');
    const refused = { ...model, form: refusedForm(req, error) };
    // Where the handler renders a page on success too, Nest renders what is returned here, and its locals are there.
    if (this.read<string>(RENDER, context) === page.view) return refused;
    return render(res, page.view, { ...this.locals(context, req, res), ...refused });
  }

  private redirect(req: Request, res: Response, { path, flash }: SeeOther): string {
    if (flash) this.parts.flashes.put(res, flash);
    if (isHtmx(req)) leavePage(res, path);
    else res.status(303).location(path);
    return '';
  }

  private locals(context: ExecutionContext, req: Request, res: Response): object {
    return pageLocals(req, res, this.read<LayoutName>(LAYOUT, context) ?? layoutAt(req.path), this.parts);
  }

  private read<T>(key: string | symbol, context: ExecutionContext): T | undefined {
    return this.parts.reflector.getAllAndOverride<T | undefined>(key as string, [
      context.getHandler(),
      context.getClass(),
    ]);
  }
}

function isInput(error: DomainError): boolean {
  return error instanceof InvalidInput || error.kind === 'invalid' || typeof error.facts['field'] === 'string';
}

function render(res: Response, view: string, model: object): Promise<string> {
  return new Promise((resolve, reject) =>
    res.render(view, model, (error: Error | null, html: string) => (error ? reject(error) : resolve(html))),
  );
}
