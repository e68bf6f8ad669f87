/** How a scalar is written in YAML. */
export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'block'

/**
 * Where each character of a scalar's value stands in its source text.
 *
 * @param source the scalar as written: with its quotes, or with a block scalar's header line
 * @returns offsets into `source`: one for each UTF-16 unit of `value`, and one more for its end
 */
export function scalarOffsets(value: string, source: string, style: ScalarStyle): readonly number[] {
  return style === 'block' ? blockOffsets(value, source) : flowOffsets(value, source, style)
}

// Runs of white space are one piece whatever they hold, so that matching stays linear.
const PIECES: Readonly<Record<Exclude<ScalarStyle, 'block'>, RegExp>> = {
  plain: /[ \t\r\n]+|[^]/g,
  'single-quoted': /''|[ \t\r\n]+|[^]/g,
  'double-quoted': /\\(?:x[^]{2}|u[^]{4}|U[^]{8}|\r?\n[ \t]*|[^])|[ \t\r\n]+|[^]/g,
}

/** Walks the source piece by piece; every piece says how many characters of the value it stands for. */
function flowOffsets(value: string, source: string, style: Exclude<ScalarStyle, 'block'>): readonly number[] {
  const quote = style === 'plain' ? 0 : 1
  const end = source.length - quote
  const offsets: number[] = []
  for (const { 0: piece, index } of source.slice(quote, end).matchAll(PIECES[style])) {
    const step = isUnbroken(piece) ? 1 : 0
    for (let unit = 0; unit < unitsOf(piece); unit += 1) offsets.push(quote + index + unit * step)
  }
  while (offsets.length < value.length) offsets.push(end)
  return [...offsets.slice(0, value.length), end]
}

function isSpace(piece: string): boolean {
  return /^[ \t\r\n]/.test(piece)
}

/** White space inside a line, which keeps its length (a folded line break does not). */
function isUnbroken(piece: string): boolean {
  return isSpace(piece) && !piece.includes('\n')
}

function unitsOf(piece: string): number {
  if (isSpace(piece)) return isUnbroken(piece) ? piece.length : Math.max(1, piece.split('\n').length - 2)
  if (/^\\\r?\n/.test(piece)) return 0
  if (piece.startsWith('\\U')) return Number.parseInt(piece.slice(2), 16) > 0xff_ff ? 2 : 1
  return 1
}

/**
 * A block scalar has no escapes: its characters other than white space stand in the source in the same order. White space before such a
 * character on its own line is counted back from it; other white space is said to stand at the end of the line before.
 */
function blockOffsets(value: string, source: string): readonly number[] {
  const header = source.indexOf('\n') + 1
  const offsets: number[] = []
  let next = header
  let lineEnd = header
  for (const { 0: run, index } of value.matchAll(/[ \t\r\n]+|[^ \t\r\n]+/g)) {
    if (isSpace(run)) continue
    const start = skipSpace(source, next)
    pushSpace(offsets, value.slice(offsets.length, index), lineEnd, start)
    for (let unit = 0; unit < run.length; unit += 1) offsets.push(start + unit)
    next = start + run.length
    lineEnd = next
  }
  while (offsets.length <= value.length) offsets.push(lineEnd)
  return offsets
}

function pushSpace(offsets: number[], space: string, lineEnd: number, nextStart: number): void {
  const ownLine = space.length - 1 - space.lastIndexOf('\n')
  for (let unit = 0; unit < space.length - ownLine; unit += 1) offsets.push(lineEnd)
  for (let unit = ownLine; unit > 0; unit -= 1) offsets.push(nextStart - unit)
}

function skipSpace(source: string, from: number): number {
  let at = from
  while (at < source.length && isSpace(source.charAt(at))) at += 1
  return at
}
