import { formatDateTime } from '../../infra/i18n/format.js';
import { hasText, type Language, text } from '../../infra/i18n/texts.js';
import type { DataRow } from '../../infra/personal-data/personal-data.js';

export interface ExportedPart {
  name: string;
  rows: AsyncIterable<DataRow>;
}

export interface Head {
  brand: string;
  madeAt: Date;
  language: Language;
  zone: string;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1e;background:#fff}' +
  'h2{margin-top:2.5rem}dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.2rem 1rem;margin:0;padding:.8rem 0;border-top:1px solid #ddd}' +
  'dt{color:#666}dd{margin:0;overflow-wrap:anywhere}ul{margin:0;padding-left:1.1rem}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#161618}dt{color:#aaa}dl{border-color:#333}}';

/** For machines: `{ brand, madeAt, parts: { name: [row, …] } }`, one row a line. */
export async function* asJson(parts: readonly ExportedPart[], { brand, madeAt }: Head): AsyncGenerator<string> {
  yield `{"brand":${JSON.stringify(brand)},"madeAt":${JSON.stringify(madeAt)},"parts":{`;
  for (const [index, { name, rows }] of parts.entries()) {
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify(name)}:[`;
    let first = true;
    for await (const row of rows) {
      yield `${first ? '' : ','}\n${JSON.stringify(row)}`;
      first = false;
    }
    yield ']';
  }
  yield '\n}}\n';
}

/** For people: one page that needs nothing else. */
export async function* asHtml(parts: readonly ExportedPart[], head: Head): AsyncGenerator<string> {
  const { language, madeAt } = head;
  const title = escape(text(language, 'data-export:fileTitle', { brand: head.brand }));
  const made = escape(text(language, 'data-export:madeAt', { at: formatDateTime(madeAt, { ...head, now: madeAt }) }));
  yield (
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title}</title><style>${STYLE}</style><h1>${title}</h1><p>${made}</p>`
  );
  for (const { name, rows } of parts) {
    yield `\n<h2>${escape(text(language, `data-export:parts.${name}`))}</h2>`;
    let empty = true;
    for await (const row of rows) {
      empty = false;
      yield `\n${listed(row, head)}`;
    }
    if (empty) yield `<p>${escape(text(language, 'data-export:nothing'))}</p>`;
  }
  yield '\n</html>\n';
}

function listed(row: DataRow, head: Head): string {
  const known = Object.entries(row).filter(([, value]) => value !== null && JSON.stringify(value) !== '{}');
  const lines = known.map(([name, value]) => `<dt>${named(name, head)}</dt><dd>${shown(value, head)}</dd>`);
  return `<dl>${lines.join('')}</dl>`;
}

function shown(value: unknown, head: Head): string {
  if (Array.isArray(value)) return `<ul>${value.map((item) => `<li>${shown(item, head)}</li>`).join('')}</ul>`;
  if (typeof value === 'object' && value !== null) {
    const known = Object.entries(value).filter(([, part]) => part !== null);
    return known.map(([name, part]) => `${named(name, head)}: ${shown(part, head)}`).join('; ');
  }
  const words = String(value);
  if (MOMENT.test(words)) return escape(formatDateTime(new Date(words), { ...head, now: head.madeAt }));
  return escape(worded(words, head.language));
}

/** `confirmed`, `customer.edited`: what has words is told in them. */
function worded(code: string, language: Language): string {
  const key = /^\w+$/.test(code) ? `data-export:values.${code}` : `backoffice:actions.${code}`;
  return /^\w+(\.\w+)?$/.test(code) && hasText(language, key) ? text(language, key) : code;
}

/** What has no name of its own is called as it is stored. */
function named(field: string, { language }: Head): string {
  const key = `data-export:fields.${field}`;
  return escape(/^\w+$/.test(field) && hasText(language, key) ? text(language, key) : field);
}

function escape(words: string): string {
  return words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
