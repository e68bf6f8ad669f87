import { fieldName } from '../jsonata-text.ts'

/** A step down to a property: its name, and whether it holds a list of which each item is meant. */
export interface Step {
  readonly name: string
  readonly isList: boolean
}

/** How an assertion reaches a property: the path to the innermost list around it, if there is one, and the path from there. */
export interface Reach {
  readonly list: string | undefined
  readonly field: string
}

/** Undefined if a name can't be written in JSONata. */
export function reachOf(steps: readonly Step[]): Reach | undefined {
  const names = steps.map(({ name }) => fieldName(name))
  if (names.includes(undefined)) return undefined
  const lastList = steps.findLastIndex(({ isList }) => isList)
  const inner = names.slice(lastList + 1).join('.')
  return {
    list: lastList === -1 ? undefined : names.slice(0, lastList + 1).join('.'),
    field: inner === '' ? '$' : inner,
  }
}

/** An assertion that a condition holds for the property, or for each of them in a list. */
export function forEach({ list }: Reach, condition: string): string {
  return list === undefined ? condition : `$count(${list}[$not(${condition})]) = 0`
}

/** The property's path with dots, as `fields` of a contract has it. */
export function dottedPath(steps: readonly Step[]): string {
  return steps.map(({ name }) => name).join('.')
}
