import type { Language, TextParams } from '../i18n/texts.js';
import type { Viewer, ViewerKind } from './viewer.js';

/** What the middleware of this room adds to a request. */
declare module 'express-serve-static-core' {
  interface Request {
    /** Whoever is logged in; null for a stranger, absent where there are no sessions. */
    viewer?: Viewer | null;
    /** Whose sessions live at this address, and the name of their cookie. */
    sessionKind?: ViewerKind;
    sessionCookie: string;
    /** From a browser that is a till, or was: what it has not sent yet stands in its storage. */
    isTill: boolean;
    /** The browser came with the cookie of a session that is over. */
    sessionEnded?: boolean;
    /** Real milliseconds: sessions do not follow the demo's clock. */
    realNow(): number;
    /** The token for this answer's forms; asking for it sets its cookie. */
    formToken?(): string;
    language: Language;
    t(key: string, params?: TextParams): string;
  }
}
