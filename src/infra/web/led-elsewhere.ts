/** A page that has nothing to ask (any more): its reader is sent (303) to where things stand now. */
export class LedElsewhere extends Error {
  constructor(readonly path: string) {
    super(`to ${path}`);
  }
}
