import { nearest } from '../../model/did-you-mean.ts'
import { alike } from './alike.ts'
import type { Type } from '../types/type.ts'

/** What the author of an unknown field may have meant. */
export interface Guess {
  readonly hint: string
  /** Near enough to take the name for a mistake. */
  readonly isLikely: boolean
}

/** How many fields are searched for one of the same name elsewhere. */
const MAX_SEARCHED = 3000
const MAX_DEPTH = 6
const MAX_LISTED = 8
const MIN_PREFIX = 3

/** Looks for the name among its neighbours, then elsewhere in the event. */
export function guessField(
  name: string,
  known: readonly string[],
  event: Type,
  holder: readonly string[] | undefined,
): Guess | undefined {
  const near = nearest(name, known) ?? sameLetters(name, known)
  if (near !== undefined) return { hint: `Did you mean \`${near}\`?`, isLikely: true }
  const elsewhere = findPath(event, name, holder)
  if (elsewhere)
    return {
      hint: `Did you mean \`${[...(holder ? [] : ['$$']), ...elsewhere].join('.')}\`?`,
      isLikely: true,
    }
  const longer = known.find((other) => isBeginning(name, other) || isBeginning(other, name))
  if (longer !== undefined) return { hint: `Did you mean \`${longer}\`?`, isLikely: true }
  const similar = alike(name, known, MIN_PREFIX)
  return similar === undefined ? undefined : { hint: `Did you mean \`${similar}\`?`, isLikely: false }
}

/** `createdAt` and `created_at`. */
function sameLetters(name: string, known: readonly string[]): string | undefined {
  return known.find((other) => lettersOf(other) === lettersOf(name))
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function isBeginning(short: string, long: string): boolean {
  return short.length >= MIN_PREFIX && long.length > short.length && long.startsWith(short)
}

interface Searched {
  readonly type: Type
  readonly path: readonly string[]
}

/** The shortest path to a field of this name below the event, but for the one that was asked for. */
function findPath(
  event: Type,
  name: string,
  holder: readonly string[] | undefined,
): readonly string[] | undefined {
  const pending: Searched[] = [{ type: event, path: [] }]
  for (let index = 0; index < Math.min(pending.length, MAX_SEARCHED); index++) {
    const { type, path } = pending[index] as Searched
    const objects = (type.lists ? type.lists.item() : type).objects
    for (const object of objects) {
      const names = object.names()
      const isHere = names.includes(name) && path.join('.') !== holder?.join('.')
      if (isHere) return [...path, name]
      if (path.length >= MAX_DEPTH || pending.length > MAX_SEARCHED) continue
      for (const below of names) pending.push({ type: object.field(below).type, path: [...path, below] })
    }
  }
  return undefined
}

export function listOfNames(names: readonly string[]): string {
  const unique = [...new Set(names)]
  const listed = unique.slice(0, MAX_LISTED).map((name) => `\`${name}\``)
  const more = unique.length > MAX_LISTED ? ` and ${unique.length - MAX_LISTED} more` : ''
  return unique.length === 0
    ? 'The schema names none of its fields.'
    : `Its fields are ${listed.join(', ')}${more}.`
}
