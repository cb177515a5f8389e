import type { Request } from 'express';
import { safeBack } from '../../infra/web/safe-back.js';
import type { AskedCode } from '../codes/one-time-codes.service.js';

export interface LogInPage {
  /** Where to go after the log-in; empty for the cabinet's home. */
  back: string;
  /** The session that was here ran out. */
  ended: boolean;
}

export interface CodePage extends Pick<AskedCode, 'id' | 'phone' | 'live'> {
  back: string;
  /** Until another code may be asked for; 0 where it may be at once. */
  resendSeconds: number;
}

export function logInPage(back: unknown, ended = false): LogInPage {
  return { back: safeBack(back, ''), ended };
}

export function codePage({ id, phone, live, resendAt }: AskedCode, back: unknown, now: Date): CodePage {
  const resendSeconds = Math.max(0, Math.ceil((resendAt.getTime() - now.getTime()) / 1000));
  return { id, phone, live, back: safeBack(back, ''), resendSeconds };
}

/** The way back that a form carries along; not to be followed without `safeBack`. */
export function backIn(req: Request): unknown {
  return (req.body as { back?: unknown } | undefined)?.back;
}
