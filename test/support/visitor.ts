import { type HTMLElement, parse } from 'node-html-parser';
import request, { type Response } from 'supertest';

/** What a form that was refused is shown again with. */
const REFUSED_FORM = [409, 422, 429];

export type Fields = Record<string, string | undefined>;

/** Somebody with a browser without JavaScript: keeps cookies, reads pages, fills their forms in and sends them. */
export class Visitor {
  private readonly agent: ReturnType<typeof request.agent>;

  constructor(
    private readonly url: string,
    private readonly language = 'ru',
  ) {
    this.agent = request.agent(url);
  }

  /** Opens an address; redirects are not followed. */
  async get(path: string): Promise<Response> {
    return this.agent.get(path).set('Accept', 'text/html').set('Accept-Language', this.language).redirects(0);
  }

  /** Opens an address and whatever it redirects to. */
  async open(path: string): Promise<Response> {
    let answer = await this.get(path);
    for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 5; hops++) {
      answer = await this.get(answer.headers.location ?? '');
    }
    return answer;
  }

  /**
   * Opens the page, fills in the form that has these fields (all of its own hidden ones, the CSRF token among them, go
   * along) and sends it. `action` chooses among forms with the same fields. The answer is the bare 303 or 422.
   */
  async submit(page: string | Response, fields: Fields = {}, action?: string | RegExp): Promise<Response> {
    const answer = typeof page === 'string' ? await this.open(page) : page;
    const path = typeof page === 'string' ? pathOf(answer) : pathOf(page);
    if (answer.status >= 400 && !REFUSED_FORM.includes(answer.status)) {
      throw new Error(`${path} answers ${answer.status}: ${textOf(answer)}`);
    }
    const form = formIn(answer, fields, action);
    const pressed = typeof action === 'string' ? action : form.getAttribute('action');
    const target = new URL(pressed || path, this.url);
    const typed = { ...filledIn(form), ...fields };
    return this.post(target.pathname + target.search, typed, path);
  }

  /** Sends a form as a browser would, from the page at `referer`; without a token unless `fields` hold one. */
  async post(path: string, fields: Fields, referer = '/'): Promise<Response> {
    const known = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
    return this.agent
      .post(path)
      .type('form')
      .set({ Accept: 'text/html', 'Accept-Language': this.language, Origin: this.url, 'Sec-Fetch-Site': 'same-origin' })
      .set('Referer', new URL(referer, this.url).href)
      .redirects(0)
      .send(new URLSearchParams(known).toString());
  }

  /** Opens the page and sends its form that takes a file, as `submit` does. */
  async upload(path: string, file: { name: string; content: string | Buffer }, fields: Fields = {}): Promise<Response> {
    const form = page(await this.open(path)).querySelector('form[enctype="multipart/form-data"]');
    if (!form) throw new Error(`no form for a file on ${path}`);
    const target = form.getAttribute('action') ?? path;
    const call = this.agent
      .post(target)
      .set({ Accept: 'text/html', 'Accept-Language': this.language, Origin: this.url, 'Sec-Fetch-Site': 'same-origin' })
      .set('Referer', new URL(path, this.url).href)
      .redirects(0);
    for (const [name, value] of Object.entries({ ...filledIn(form), ...fields })) {
      if (value !== undefined) void call.field(name, value);
    }
    return call.attach('file', Buffer.from(file.content), file.name);
  }

  /** What the redirect leads to. */
  async follow(answer: Response): Promise<Response> {
    if (answer.status !== 303) throw new Error(`no redirect but ${answer.status}: ${textOf(answer)}`);
    return this.open(answer.headers.location ?? '');
  }

  /** The cookies, to be given to a browser page of the same person. */
  cookies(): { name: string; value: string; url: string }[] {
    const { hostname, pathname } = new URL(this.url);
    const kept = this.agent.jar.getCookies({ domain: hostname, path: pathname, secure: false, script: false });
    return kept.map(({ name, value }) => ({ name, value, url: this.url }));
  }
}

/** A page as a tree, to find things in. */
export function page(answer: Response): HTMLElement {
  return parse(answer.text);
}

/** What a reader sees, on one line. */
export function textOf(answer: Response): string {
  return page(answer).text.replace(/\s+/g, ' ').trim();
}

/** The messages at the fields of a refused form, by field name. */
export function fieldErrors(answer: Response): Record<string, string> {
  const tree = page(answer);
  const refused = tree.querySelectorAll('[aria-invalid="true"][name]');
  return Object.fromEntries(
    refused.map((control) => {
      const ids = (control.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean);
      const texts = ids.map((id) => tree.getElementById(id)?.text.replace(/\s+/g, ' ').trim() ?? '');
      return [control.getAttribute('name') ?? '', texts.join(' ')];
    }),
  );
}

function pathOf(answer: Response): string {
  const { pathname, search } = new URL(answer.request.url);
  return pathname + search;
}

function formIn(answer: Response, fields: Fields, action?: string | RegExp): HTMLElement {
  const forms = page(answer)
    .querySelectorAll('form')
    .filter((form) => form.getAttribute('method')?.toLowerCase() === 'post')
    .filter((form) => {
      const buttons = form
        .querySelectorAll('button[formaction]')
        .map((button) => button.getAttribute('formaction') ?? '');
      const targets = [form.getAttribute('action') ?? '', ...buttons];
      return targets.some((target) =>
        action instanceof RegExp ? action.test(target) : [undefined, target].includes(action),
      );
    })
    .filter((form) => Object.keys(fields).every((name) => form.querySelector(`[name="${name}"]`)));
  const [form] = forms;
  if (!form) {
    throw new Error(`no form with ${Object.keys(fields).join(', ') || action} on ${pathOf(answer)}: ${textOf(answer)}`);
  }
  return form;
}

function filledIn(form: HTMLElement): Fields {
  const filled: Fields = {};
  for (const input of form.querySelectorAll('input[name]')) {
    const type = input.getAttribute('type') ?? 'text';
    const name = input.getAttribute('name') ?? '';
    if (type === 'submit' || type === 'file') continue;
    if ((type === 'checkbox' || type === 'radio') && !input.hasAttribute('checked')) continue;
    filled[name] = input.getAttribute('value') ?? (type === 'checkbox' ? 'on' : '');
  }
  for (const area of form.querySelectorAll('textarea[name]')) filled[area.getAttribute('name') ?? ''] = area.text;
  for (const select of form.querySelectorAll('select[name]')) {
    const chosen = select.querySelector('option[selected]') ?? select.querySelector('option');
    if (chosen) filled[select.getAttribute('name') ?? ''] = chosen.getAttribute('value') ?? chosen.text;
  }
  return filled;
}
