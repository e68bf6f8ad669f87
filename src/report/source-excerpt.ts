import type { Location } from '../model/problem.ts'
import { displayWidth, isPlain, printable } from './printable.ts'

/** How much of a long line is shown, in columns of the terminal. */
const MAX_WIDTH = 100
/** What is shown before the place that the problem is at. */
const MAX_LEAD = 40
const TAB = '    '
const CLIPPED = '…'

/** What a terminal shows for one character. */
interface Cell {
  readonly text: string
  readonly width: number
  /** Offset of the character in the line. */
  readonly start: number
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The source line of a place, and a line of carets to go under it. A long line is clipped around the place. */
export function sourceExcerpt({
  sourceLine,
  column,
  length,
}: Location): readonly [line: string, carets: string] {
  const start = column - 1
  if (sourceLine.length <= MAX_WIDTH && isPlain(sourceLine)) return plainExcerpt(sourceLine, start, length)
  const from = clipStart(sourceLine, start)
  const cells = cellsOf(sourceLine, from)
  const shown = fitting(cells)
  const isMarked = ({ start: offset }: Cell) => offset >= start && offset < start + length
  const before = widthOf(shown.filter((cell) => cell.start < start && !isMarked(cell)))
  const marked = Math.max(1, widthOf(shown.filter(isMarked)))
  const head = from > 0 ? CLIPPED : ''
  const tail = shown.length < cells.length ? CLIPPED : ''
  const line = `${head}${shown.map(({ text }) => text).join('')}${tail}`
  return [line.trimEnd(), `${' '.repeat(head.length + before)}${'^'.repeat(marked)}`]
}

/** The same for nearly every line: all of it is shown, and each of its characters is one column. */
function plainExcerpt(line: string, start: number, length: number): readonly [string, string] {
  const shown = Math.min(start, line.length)
  const marked = Math.max(1, Math.min(length, line.length - shown))
  return [line.trimEnd(), `${' '.repeat(shown)}${'^'.repeat(marked)}`]
}

/** The offset from which a line is shown: its beginning if it is short or the place is near. */
function clipStart(line: string, start: number): number {
  return line.length <= MAX_WIDTH || start <= MAX_LEAD ? 0 : Math.min(start, line.length) - MAX_LEAD
}

/** The characters from an offset on: no more than can be shown, and one to tell that there are more. */
function cellsOf(line: string, from: number): readonly Cell[] {
  const part = line.slice(from, from + 2 * MAX_WIDTH)
  return Array.from(SEGMENTER.segment(part), ({ segment, index }) => {
    const start = from + index
    if (segment === '\t') return { text: TAB, width: TAB.length, start }
    return { text: printable(segment), width: displayWidth(segment), start }
  })
}

function fitting(cells: readonly Cell[]): readonly Cell[] {
  let width = 0
  const end = cells.findIndex((cell) => {
    width += cell.width
    return width > MAX_WIDTH
  })
  return end === -1 ? cells : cells.slice(0, end)
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}
