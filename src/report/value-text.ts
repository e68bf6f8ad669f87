import { printable } from './printable.ts'

/** Characters of one string, and of a whole value, that are shown. */
const MAX_STRING = 60
const MAX_VALUE = 100
/** Levels of lists and objects that are opened. */
const MAX_LEVELS = 4

const CUT = '…'

/** A value as JSON on one line of at most about a hundred characters, however large the value is. */
export function valueText(value: unknown): string {
  return printable(writeValue(value, MAX_VALUE, MAX_LEVELS))
}

/** What kind of value it is, and no more: for values that may be private. */
export function valueType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of ${value.length}`
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** @param room characters that are left; what has none left is cut */
function writeValue(value: unknown, room: number, levels: number): string {
  if (typeof value === 'string') return stringText(value, Math.max(1, Math.min(room, MAX_STRING)))
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const entries = isList ? value : Object.keys(value)
  if (entries.length === 0) return `${open}${close}`
  if (levels === 0 || room <= 2) return `${open}${CUT}${close}`
  const write = (entry: unknown, left: number) =>
    isList ? writeValue(entry, left, levels - 1) : member(value, String(entry), left, levels - 1)
  return `${open}${writeEntries(entries, room, write)}${close}`
}

function writeEntries(
  entries: readonly unknown[],
  room: number,
  write: (entry: unknown, room: number) => string,
): string {
  let text = ''
  for (let index = 0; index < entries.length; index++) {
    const left = room - text.length
    if (index > 0 && left < 10) return `${text}, ${CUT} ${entries.length - index} more`
    text += `${index === 0 ? '' : ', '}${write(entries[index], left)}`
  }
  return text
}

function member(value: object, key: string, room: number, levels: number): string {
  const name = stringText(key, MAX_STRING)
  return `${name}: ${writeValue((value as Record<string, unknown>)[key], room - name.length, levels)}`
}

function stringText(text: string, length: number): string {
  return JSON.stringify(text.length <= length ? text : `${text.slice(0, length)}${CUT}`)
}
