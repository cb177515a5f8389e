// What a template may not hold: unescaped output, inline scripts and styles, unquoted attributes.
import { globSync, readFileSync } from 'node:fs';

/** Names that may stand in triple braces: the page inside its layout. */
const RAW = new Set(['body']);

const RULES = [
  [/<script\b(?![^>]*\ssrc=)/gi, 'inline script'],
  [/<style\b/gi, 'inline style sheet'],
  [/<[a-z][^>]*\sstyle\s*=/gi, 'style attribute'],
  [/<[a-z][^>]*\son[a-z]+\s*=/gi, 'event handler attribute'],
  [/(?:href|src|action)\s*=\s*["']?\s*javascript:/gi, 'javascript: address'],
  [/\shx-on\b/gi, 'hx-on attribute (needs eval)'],
];

const TAG = /<[a-zA-Z][\w-]*((?:"[^"]*"|'[^']*'|[^>"'])*)>/g;

const faults = globSync('views/**/*.hbs').sort().flatMap(faultsOf);
for (const fault of faults) console.error(fault);
console.log(`views: ${faults.length === 0 ? 'in order' : `${faults.length} faults`}`);
process.exitCode = faults.length === 0 ? 0 : 1;

function faultsOf(file) {
  const text = blank(readFileSync(file, 'utf8'), /\{\{!--[\s\S]*?--\}\}|\{\{![\s\S]*?\}\}|<!--[\s\S]*?-->/g);
  const found = [];
  const at = (index, what) => found.push(`${file}:${text.slice(0, index).split('\n').length}  ${what}`);

  for (const match of text.matchAll(/\{\{\{\s*([^\s}]+)|\{\{&\s*([^\s}]+)/g)) {
    const name = match[1] ?? match[2];
    if (!RAW.has(name)) at(match.index, `unescaped output of ${name}`);
  }
  // Blocks choose between pieces of markup, the rest puts text there: keep the difference, drop the content.
  const markup = text.replace(/\{\{\{?[^}]*\}?\}\}/g, (mustache) =>
    (/^\{\{~?\s*(#|\/|else|\^)/.test(mustache) ? ' ' : '\u0001').repeat(mustache.length),
  );
  for (const [pattern, what] of RULES) {
    for (const match of markup.matchAll(pattern)) at(match.index, what);
  }
  for (const tag of markup.matchAll(TAG)) {
    const bare = tag[1].replace(/"[^"]*"|'[^']*'/g, '""');
    if (/=\s*[^"'\s]/.test(bare)) at(tag.index, 'unquoted attribute');
    else if (bare.includes('\u0001')) at(tag.index, 'output among the attributes of a tag');
  }
  return found;
}

function blank(text, pattern) {
  return text.replace(pattern, (piece) => piece.replace(/[^\n]/g, ' '));
}
