export const SEPARATORS = ['\t', ';', '|', ',', ':', '.'] as const;
export type Separator = (typeof SEPARATORS)[number];
export const ENCODINGS = ['utf-8', 'windows-1251', 'utf-16le'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a column may hold; the ICCID alone is needed. */
export const FIELDS = [
  ...(['iccid', 'number', 'kind', 'tariff', 'region', 'party', 'price', 'balance'] as const),
  ...(['pin1', 'puk1', 'pin2', 'puk2', 'lpa'] as const),
];
export type Field = (typeof FIELDS)[number];
/** What nobody sees on a page. */
export const SECRET_FIELDS: readonly (Field | null)[] = ['pin1', 'puk1', 'pin2', 'puk2', 'lpa'];

/** How a file is read. */
export interface FileLayout {
  encoding: Encoding;
  separator: Separator;
  /** The first row names the columns. */
  heading: boolean;
  /** By place; null for a column that is left out. */
  columns: (Field | null)[];
}

const NAMES: readonly [Field, RegExp][] = [
  ['lpa', /lpa|активац|activation/i],
  ['puk2', /puk.?2|пак.?2|пук.?2/i],
  ['puk1', /puk|пак.?1?$|пук/i],
  ['pin2', /pin.?2|пин.?2/i],
  ['pin1', /\bpin|пин/i],
  ['iccid', /icc|серийн|serial|номер.*(карт|сим|sim)/i],
  ['number', /msisdn|номер|телефон|phone|number|abonent|абонент/i],
  ['kind', /^(тип|вид|kind|type)/i],
  ['tariff', /тариф|tariff|plan|^тп$/i],
  ['region', /регион|region|филиал/i],
  ['party', /парти|party|batch|поставк/i],
  ['balance', /баланс|balance|остат/i],
  ['price', /цена|price|стоим|cost/i],
];
const LOOKS: readonly [Field, RegExp][] = [
  ['iccid', /^89[\d\s]{16,23}f?$/i],
  ['number', /^(\+?7|8)?[\s(-]*9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}$/],
  ['lpa', /^LPA:1\$/i],
];
const MOST_LINES = 50;

/** The separator that cuts most of the first lines into the same number of columns; those that numbers are written with come last. */
export function guessSeparator(text: string): Separator {
  const lines = text.split(/\r?\n/, MOST_LINES).filter((line) => line.trim() !== '');
  let best: Separator = ';';
  let most = 0;
  for (const separator of SEPARATORS) {
    const counts = lines.map((line) => cutOutsideQuotes(line, separator)).filter((count) => count > 0);
    const alike = Math.max(0, ...counts.map((count) => counts.filter((other) => other === count).length));
    if (alike > most) [best, most] = [separator, alike];
  }
  return best;
}

function cutOutsideQuotes(line: string, separator: string): number {
  return line.replace(/"[^"]*"/g, '').split(separator).length - 1;
}

/** Whether the first row names columns: then it holds no card. */
export function guessHeading([first = []]: readonly string[][]): boolean {
  return first.length > 0 && !first.some((cell) => LOOKS.some(([, look]) => look.test(cell.trim())));
}

/** What each column holds, by its name or else by what most of its cells look like. No field stands twice. */
export function guessColumns(rows: readonly string[][], heading: boolean): (Field | null)[] {
  const cells = heading ? rows.slice(1) : rows;
  const width = Math.max(0, ...rows.map((row) => row.length));
  const names = heading ? (rows[0] ?? []) : [];
  const taken = new Set<Field>();
  const take = (field: Field | undefined): Field | null => {
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  };
  const columns = Array.from({ length: width }, (_, place) => take(byLook(cells.map((row) => row[place] ?? ''))));
  return columns.map((field, place) => field ?? take(byName(names[place] ?? '')));
}

function byLook(cells: readonly string[]): Field | undefined {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const fits = ([, look]: readonly [Field, RegExp]): boolean => said.filter((cell) => look.test(cell)).length * 2 > said.length;
  return said.length > 0 ? LOOKS.find(fits)?.[0] : undefined;
}

function byName(name: string): Field | undefined {
  return name.trim() === '' ? undefined : NAMES.find(([, words]) => words.test(name))?.[0];
}
