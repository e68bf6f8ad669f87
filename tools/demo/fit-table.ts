import { table } from '../../src/report/table.ts'

/** A column of a table that must fit into a terminal. */
export interface Column<Row> {
  readonly head: string
  readonly numeric?: boolean
  /** The column with the highest number is left out first. Default 0: never. */
  readonly dropOrder?: number
  readonly cell: (row: Row) => string
}

/** Head and rows as lines. Columns are left out, one after the other, until the lines are at most `width` wide or no more may go. */
export function fitTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly string[] {
  const lines = toLines(columns, rows)
  const first = columns.reduce((a, b) => ((b.dropOrder ?? 0) > (a.dropOrder ?? 0) ? b : a))
  if (Math.max(...lines.map((line) => line.length)) <= width || (first.dropOrder ?? 0) === 0) return lines
  return fitTable(
    columns.filter((column) => column !== first),
    rows,
    width,
  )
}

function toLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] {
  const numeric = new Set(columns.flatMap((column, index) => (column.numeric === true ? [index] : [])))
  const heads = columns.map(({ head }) => head)
  return table([heads, ...rows.map((row) => columns.map(({ cell }) => cell(row)))], numeric)
}
