import type { Detail, Direction } from '../model/difference.ts'

const MAX_SHOWN = 120

/** A detail, or none if nothing differs. */
export function detail(direction: Direction, text: string): Detail[] {
  return direction === 'same' ? [] : [{ kind: direction, text }]
}

/** A detail that changes no verdict, if the two values differ. */
export function metadata(what: string, base: string | undefined, head: string | undefined): Detail[] {
  return base === head ? [] : [{ kind: 'metadata', text: `${what} ${moved(base, head)}` }]
}

/** How a value moved, in words. */
export function moved(base: string | undefined, head: string | undefined): string {
  if (base === undefined) return `${code(head ?? '')} is new`
  return head === undefined ? `${code(base)} is gone` : `is ${code(head)}, was ${code(base)}`
}

/** Something that an author wrote, on one line and of bearable length. */
export function code(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ').replaceAll('`', 'ˋ')
  return `\`${line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line}\``
}
