/** A text that stays text in a spreadsheet: names such as «=1+1» are no formulas there. For figures it is not needed. */
export function harmlessCell(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
