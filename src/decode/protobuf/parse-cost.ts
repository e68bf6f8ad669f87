/** About a second of protobufjs' time, spent once for a schema: one message of 5,000 fields, or a thousand of 150. */
const HIGHEST_COST = 25_000_000

/**
 * Whether a `.proto` file takes too long to parse. protobufjs looks through all fields of a message for each one that it adds, so that a
 * message of 60,000 fields, which fits into two megabytes, would keep it at work for many minutes.
 */
export function isTooCostly(text: string): boolean {
  const open = [0]
  let cost = 0
  for (let at = 0; at < text.length; at = nextAfter(text, at)) {
    const char = text[at]
    if (char === '{') open.push(0)
    else if (char === '}') cost += (open.pop() ?? 0) ** 2
    else if (char === ';') open.push((open.pop() ?? 0) + 1)
    if (cost > HIGHEST_COST) return true
  }
  return (
    open.reduce((sum, statements, depth) => (depth === 0 ? sum : sum + statements ** 2), cost) > HIGHEST_COST
  )
}

/** The place behind the character at `at`, or behind the comment or text that begins there. */
function nextAfter(text: string, at: number): number {
  const char = text[at]
  if (char === '"' || char === "'") return endOfText(text, at, char)
  if (char !== '/') return at + 1
  if (text[at + 1] === '/') return endOf(text, '\n', at)
  return text[at + 1] === '*' ? endOf(text, '*/', at + 2) : at + 1
}

function endOfText(text: string, start: number, quote: string): number {
  let at = start + 1
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from)
  return end === -1 ? text.length : end + mark.length
}
