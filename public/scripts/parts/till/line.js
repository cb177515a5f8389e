// The page's calls. Whether the line is up is known from the last of them.

const PATIENCE_MS = 10_000;

/** Nobody answered, or nobody who could: the same call may be made again. */
export class LineDown extends Error {}

/** The device or the cashier is not known any more. */
export class DoorClosed extends Error {
  constructor(path) {
    super(path);
    this.path = path;
  }
}

export class Line {
  isUp = true;
  csrf = '';
  onChange = () => {};

  /** `{ status, body }` of whatever was answered. Throws LineDown, DoorClosed. */
  async call(method, path, { body, key, background = false } = {}) {
    const answer = await this.ask(method, path, { body, key, background });
    if (answer.status !== 403) return answer;
    // The token had run out: the state brings a new one.
    await this.state({ background: true });
    return this.ask(method, path, { body, key, background });
  }

  /** The server's clock, the cashier, the token. */
  async state({ background }) {
    const { status, body } = await this.ask('GET', 'state', { background });
    if (status !== 200) throw new LineDown();
    this.csrf = body.csrf;
    return body;
  }

  async ask(method, path, { body, key, background }) {
    const headers = { accept: 'application/json', 'x-csrf-token': this.csrf };
    if (body) headers['content-type'] = 'application/json';
    if (key) headers['idempotency-key'] = key;
    // A call that nobody asked for is no sign of life.
    if (background) headers['x-background'] = '1';
    let response;
    let read;
    try {
      response = await fetch(`/till/api/${path}`, {
        ...{ method, headers, body: body && JSON.stringify(body), redirect: 'error' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      read = await response.json();
    } catch {
      return this.down();
    }
    this.note(true);
    if (response.status === 401) {
      throw new DoorClosed(read.code === 'till_not_paired' ? '/till/pairing' : '/till/pin');
    }
    return { status: response.status, body: read };
  }

  down() {
    this.note(false);
    throw new LineDown();
  }

  note(isUp) {
    if (this.isUp === isUp) return;
    this.isUp = isUp;
    this.onChange();
  }
}
