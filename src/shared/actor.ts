/** Who does something: passed in by the caller, never looked up. A stranger is whoever has not logged in. */
export interface Actor {
  readonly kind: 'customer' | 'staff' | 'terminal' | 'system' | 'stranger';
  readonly id?: string;
}

export const SYSTEM: Actor = { kind: 'system' };
export const STRANGER: Actor = { kind: 'stranger' };
