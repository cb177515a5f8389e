import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import './request.js';

export type ViewerKind = 'customer' | 'staff';
export type StaffRole = 'admin' | 'manager' | 'operator' | 'accountant';

/** Whoever looks at the page: an id and what every page shows of them. */
export interface Viewer {
  readonly kind: ViewerKind;
  readonly id: string;
  readonly name: string | null;
  readonly role: StaffRole | null;
}

export interface ViewerFacts {
  name: string | null;
  role?: StaffRole | null;
}

/** Answers null where the person may no longer come in. */
export type ViewerFinder = (id: string) => Promise<ViewerFacts | null>;

/** The rooms that know people register here how to find them; this room knows only ids and kinds. */
@Injectable()
export class Viewers {
  private readonly finders = new Map<ViewerKind, ViewerFinder>();

  on(kind: ViewerKind, find: ViewerFinder): void {
    this.finders.set(kind, find);
  }

  async find(kind: ViewerKind, id: string): Promise<Viewer | null> {
    const find = this.finders.get(kind);
    const facts = find ? await find(id) : { name: null };
    return facts && { kind, id, name: facts.name, role: facts.role ?? null };
  }
}

/** Whoever is logged in, or null for a stranger. */
export function viewer(req: Request): Viewer | null {
  return req.viewer ?? null;
}
