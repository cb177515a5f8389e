import { type FieldName, isFieldName } from './paper-fields.js';

/** A piece of a line: words of the template, or a field that is filled in when the paper is issued. */
export type Run = { text: string } | { field: FieldName };

export type Block =
  | { kind: 'title' | 'heading' | 'paragraph' | 'item'; runs: Run[] }
  | { kind: 'row'; name: Run[]; value: Run[] }
  | { kind: 'cabinet' | 'signatures' };

export interface MarkupFault {
  /** From 1. */
  line: number;
  code: 'field_unknown' | 'braces_open';
  text: string;
}

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g;
const LONGEST_FAULT = 40;

/**
 * The little language of templates, a line a block: `# title`, `## heading`, `- item`, `name | value`, `[cabinet]` (its
 * address as a QR code and how to log in), `[signatures]`; everything else is a paragraph. `{{field}}` is filled in on
 * issue: what a customer typed is a word there, never markup.
 */
export function readTemplate(text: string): { blocks: Block[]; faults: MarkupFault[] } {
  const faults: MarkupFault[] = [];
  const blocks = text.split(/\r?\n/).flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '') return [];
    faults.push(...faultsIn(trimmed).map((fault) => ({ ...fault, line: index + 1 })));
    return [blockOf(trimmed)];
  });
  return { blocks, faults };
}

function blockOf(line: string): Block {
  if (line === '[cabinet]') return { kind: 'cabinet' };
  if (line === '[signatures]') return { kind: 'signatures' };
  const marked = /^(##?|-)\s+(.*)$/.exec(line);
  if (marked) {
    const kind = ({ '#': 'title', '##': 'heading', '-': 'item' } as const)[marked[1] as '#' | '##' | '-'];
    return { kind, runs: runsOf(marked[2]!) };
  }
  const row = /^([^|]+)\|([^|]*)$/.exec(line);
  if (row) return { kind: 'row', name: runsOf(row[1]!.trim()), value: runsOf(row[2]!.trim()) };
  return { kind: 'paragraph', runs: runsOf(line) };
}

function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const found of text.matchAll(FIELD)) {
    if (found.index > from) runs.push({ text: text.slice(from, found.index) });
    if (isFieldName(found[1]!)) runs.push({ field: found[1] });
    from = found.index + found[0].length;
  }
  if (from < text.length) runs.push({ text: text.slice(from) });
  return runs;
}

function faultsIn(line: string): Omit<MarkupFault, 'line'>[] {
  const unknown = [...line.matchAll(FIELD)]
    .map((found) => found[1]!)
    .filter((name) => !isFieldName(name))
    .map((name) => ({ code: 'field_unknown' as const, text: name.slice(0, LONGEST_FAULT) }));
  const left = line.replaceAll(FIELD, '');
  if (!/\{\{|\}\}/.test(left)) return unknown;
  return [...unknown, { code: 'braces_open' as const, text: line.slice(0, LONGEST_FAULT) }];
}

/** The words of some runs, with their fields filled in; an empty field is a line to write on. */
export function wordsOf(runs: readonly Run[], values: Readonly<Partial<Record<FieldName, string>>>): string {
  return runs.map((run) => ('text' in run ? run.text : oneLine(values[run.field]) || '____________')).join('');
}

/** What somebody typed stays on its line, and what cannot be seen is left out. */
function oneLine(value: string | undefined): string {
  return (value ?? '').replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
