/** Rows of a small comma-separated file with a heading: quotes around what holds commas, no line breaks inside. */
export function readCsv(text: string): Record<string, string>[] {
  const [heading = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = cellsOf(heading);
  return lines.map((line) => {
    const cells = cellsOf(line);
    if (cells.length !== columns.length) {
      throw new Error(`a row has ${cells.length} cells instead of ${columns.length}: ${line}`);
    }
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]!]));
  });
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}
