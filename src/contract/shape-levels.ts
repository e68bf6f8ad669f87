import { nearest } from '../model/did-you-mean.ts'
import type { RecordShape, Shape } from './shape.ts'

/** A guess is only worth making for words of a length that people type. */
const MAX_GUESSED_LENGTH = 60

/** What the author of an unknown key may have meant, as a hint. `root` is the whole language, `level` the record that the key stands in. */
export function hintForUnknownKey(root: RecordShape, level: RecordShape, key: string): string {
  if (key.length > MAX_GUESSED_LENGTH) return keysOf(level)
  const meant = nearest(key, Object.keys(level.keys))
  const elsewhere = allRecords(root).find((record) => record !== level && Object.hasOwn(record.keys, key))
  const guesses = [
    meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
    elsewhere && `\`${key}\` belongs to ${elsewhere.name}: check the indentation.`,
  ].filter((guess) => guess !== undefined)
  return guesses.length > 0 ? guesses.join(' ') : (guessElsewhere(root, level, key) ?? keysOf(level))
}

function guessElsewhere(root: RecordShape, level: RecordShape, key: string): string | undefined {
  for (const record of allRecords(root).filter((other) => other !== level)) {
    const meant = nearest(key, Object.keys(record.keys))
    if (meant !== undefined) return `Did you mean \`${meant}\`? It belongs to ${record.name}.`
  }
  return undefined
}

function keysOf(level: RecordShape): string {
  const keys = Object.entries(level.keys).flatMap(([key, { later }]) => (later ? [] : `\`${key}\``))
  return `${level.name.charAt(0).toUpperCase()}${level.name.slice(1)} has the keys ${keys.join(', ')}.`
}

function allRecords(shape: Shape): readonly RecordShape[] {
  switch (shape.kind) {
    case 'record':
      return [shape, ...Object.values(shape.keys).flatMap(({ value }) => allRecords(value))]
    case 'list':
    case 'mapping':
      return allRecords(shape.of)
    case 'either':
      return allRecords(shape.long)
    default:
      return []
  }
}
