import { Render, SetMetadata, applyDecorators } from '@nestjs/common';
import type { Request } from 'express';
import { areaOf } from './areas.js';

export type LayoutName = 'site' | 'cabinet' | 'backoffice' | 'device' | 'till';

export const LAYOUT = Symbol('layout');
export const FORM_PAGE = Symbol('form page');

/** `@Layout('cabinet')` on a controller or a handler: the frame around its pages. */
export function Layout(name: LayoutName): ClassDecorator & MethodDecorator {
  return SetMetadata(LAYOUT, name);
}

/** `@Page('stations/list', 'backoffice')`: Nest's `@Render` and `@Layout` in one. */
export function Page(view: string, layout: LayoutName): MethodDecorator {
  return applyDecorators(Render(view), Layout(layout));
}

/** The frame of an address whose controller names none. */
export function layoutAt(path: string): LayoutName {
  if (areaOf(path) === 'staff') return 'backoffice';
  if (/^\/till(\/|$)/.test(path)) return 'till';
  return path.startsWith('/cabinet') ? 'cabinet' : 'site';
}

export interface FormPageOptions {
  view: string;
  /** What the page shows besides the form, asked from the controller itself. */
  model: (controller: never, req: Request) => unknown;
}

/**
 * On a handler that takes a form: when it refuses (`InvalidInput`, or a domain error that belongs into the form), the page
 * is shown again with what was typed and the messages. The handler itself knows only success.
 *
 * `@FormPage('stations/new', (it: StationsController) => it.newStation())`
 */
export function FormPage<Controller>(
  view: string,
  model?: (controller: Controller, req: Request) => unknown,
): MethodDecorator {
  return SetMetadata(FORM_PAGE, { view, model: model ?? (() => ({})) });
}
