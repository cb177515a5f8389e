import type { TaskDetails, TaskKind } from '../operator-task.js';

/** What an instruction may name in braces, as staff write it, for every kind and for one. */
const COMMON = ['номер', 'оператор', 'задача'] as const;
const OF_KIND = {
  activate: ['тариф'],
  change_tariff: ['тариф', 'с какого дня'],
  suspend: ['по какой день'],
  resume: [],
  replace_sim: ['ICCID'],
  port: ['переносимый номер', 'откуда', 'с какого дня'],
} as const satisfies Record<TaskKind, readonly string[]>;
export type Placeholder = (typeof COMMON)[number] | (typeof OF_KIND)[TaskKind][number];

export function placeholdersOf(kind: TaskKind): Placeholder[] {
  return [...COMMON, ...OF_KIND[kind]];
}

/** A stretch of an instruction: text as it stands, or what a placeholder stands for. */
export type Stretch = { text: string } | { name: Placeholder };

const PARTS = /\{([^{}]*)\}|([{}])|([^{}]+)/g;

/** The words cut at their placeholders, with the first one that is none for this kind of task. */
export function readWords(words: string, kind: TaskKind): { stretches: Stretch[]; fault: string | null } {
  const known = placeholdersOf(kind);
  let fault: string | null = null;
  const stretches = [...words.matchAll(PARTS)].map(([whole, name, brace, text]): Stretch => {
    const placeholder = known.find((candidate) => candidate === name?.trim());
    if (placeholder) return { name: placeholder };
    if (text === undefined) fault ??= brace ?? whole;
    return { text: whole };
  });
  return { stretches, fault };
}

/** What each placeholder stands for in one task; days as `YYYY-MM-DD`, null where nothing was said. */
export function valuesOf(details: TaskDetails, operator: string, number: string): [Placeholder, string | null][] {
  const common: [Placeholder, string | null][] = [
    ['номер', details.number],
    ['оператор', operator],
    ['задача', number],
  ];
  return [...common, ...ownValues(details)];
}

function ownValues(details: TaskDetails): [Placeholder, string | null][] {
  switch (details.kind) {
    case 'activate':
      return [['тариф', details.tariff]];
    case 'change_tariff':
      return [
        ['тариф', details.tariff],
        ['с какого дня', details.from ?? null],
      ];
    case 'suspend':
      return [['по какой день', details.through ?? null]];
    case 'resume':
      return [];
    case 'replace_sim':
      return [['ICCID', details.iccid]];
    case 'port':
      return [
        ['переносимый номер', details.ported],
        ['откуда', details.donor],
        ['с какого дня', details.from],
      ];
  }
}
