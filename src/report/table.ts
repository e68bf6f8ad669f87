/** Rows as aligned columns, two blanks apart; `numeric` columns are flush right. The first row is the head. */
export function table(rows: readonly (readonly string[])[], numeric: ReadonlySet<number>): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) =>
        numeric.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** A share as a percentage that never rounds a failure away: 0.00 % means none. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–'
  const share = (100 * part) / whole
  return part > 0 && share < 0.01 ? '<0.01 %' : `${share.toFixed(2)} %`
}
