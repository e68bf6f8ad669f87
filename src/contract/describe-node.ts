import type { Location } from '../model/problem.ts'
import { isMap, isScalar, isSeq, type Node } from 'yaml'

/** What a value is, to end a message "but is …". */
export function describeNode(node: Node | null): string {
  if (isSeq(node)) return 'a list'
  if (isMap(node)) return 'a mapping'
  if (!isScalar(node) || node.value === null) return 'nothing'
  if (typeof node.value === 'string')
    return node.value === '' ? 'empty text' : `the text ${quote(node.value)}`
  return `the ${typeof node.value} ${clip(node.source ?? String(node.value))}`
}

/** A word of the author's in a message: in double quotes, on one line, of bearable length. */
export function quote(word: string): string {
  return JSON.stringify(clip(word))
}

/** A place in a message, as terminals and editors turn it into a link. */
export function placeName({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`
}

const MAX_SHOWN = 60

function clip(word: string): string {
  return word.length > MAX_SHOWN ? `${word.slice(0, MAX_SHOWN - 1)}…` : word
}
