import { describe, kindsOf } from '../types/describe.ts'
import { hasValue } from '../types/type.ts'
import type { Field, Numbers, Texts, Type } from '../types/type.ts'

/** Something that a schema rule demands of the events and a schema does not promise. */
export interface Misfit {
  /** Dotted; empty is the whole event. */
  readonly path: string
  readonly text: string
  readonly weight: Weight
}

/**
 * - `bound`: only a bound or a form of values; consumers often demand more of them than producers write down.
 * - `some`: some events may be refused.
 * - `all`: all events are, where the rule applies.
 */
export type Weight = 'bound' | 'some' | 'all'

/** Deeper than people nest events, and more fields than they rely on: schemas may contain themselves. */
const MAX_DEPTH = 16
const MAX_PLACES = 5000

/** What events may be by one schema that another one refuses. */
export function misfits(demanded: Type, written: Type): readonly Misfit[] {
  const found: Misfit[] = []
  compare({ found, left: MAX_PLACES }, [], demanded, written)
  return found
}

interface Search {
  readonly found: Misfit[]
  left: number
}

function compare(search: Search, path: readonly string[], demanded: Type, written: Type): void {
  search.left -= 1
  if (search.left < 0 || path.length > MAX_DEPTH || demanded.isUnknown || written.isUnknown) return
  const tell: Tell = (text, weight = 'some') => search.found.push({ path: path.join('.'), text, weight })
  if (written.isAbsent && !demanded.isAbsent) tell('may be missing')
  if (written.isNull && !demanded.isNull) tell('may be null')
  const [wanted, given] = [kindsOf(demanded), kindsOf({ ...written, isNull: false })]
  const strange = given.filter((kind) => !wanted.includes(kind))
  if (strange.length > 0) tell(`may be ${describe({ ...written, isNull: false })}, not ${describe(demanded)}`)
  compareTexts(demanded.texts, written.texts, tell)
  compareNumbers(demanded.numbers, written.numbers, tell)
  if (demanded.booleans.length === 1 && written.booleans.length === 2) tell('may be true or false')
  compareParts(search, path, demanded, written)
}

function compareParts(search: Search, path: readonly string[], demanded: Type, written: Type): void {
  if (demanded.lists && written.lists) {
    compare(search, path, demanded.lists.item(), written.lists.item())
    if (written.lists.minItems < demanded.lists.minItems)
      search.found.push({ path: path.join('.'), text: 'may have fewer items', weight: 'bound' })
  }
  const [wanted, another] = demanded.objects
  // Of kinds of objects that exclude one another, it can't be told which one is meant.
  if (wanted === undefined || another !== undefined) return
  for (const given of written.objects) {
    for (const name of wanted.names()) {
      compareField(search, [...path, name], wanted.field(name), given.field(name))
    }
    if (wanted.field(NO_NAME).standing !== 'excluded') continue
    const more = given.names().filter((name) => wanted.field(name).standing === 'excluded')
    for (const name of more) {
      search.found.push({
        path: [...path, name].join('.'),
        text: 'is a field that the rule refuses',
        weight: 'all',
      })
    }
  }
}

/** No schema describes a field of this name. */
const NO_NAME = '\u0000'

function compareField(search: Search, path: readonly string[], wanted: Field, given: Field): void {
  if (given.standing === 'described') return compare(search, path, wanted.type, given.type)
  const isDemanded = !wanted.type.isAbsent && hasValue(wanted.type)
  if (isDemanded) search.found.push({ path: path.join('.'), text: 'would not be there', weight: 'all' })
}

type Tell = (text: string, weight?: Weight) => void

function compareTexts(demanded: Texts | undefined, written: Texts | undefined, tell: Tell): void {
  if (!demanded || !written) return
  if (demanded.values) {
    const others = written.values?.filter((value) => !demanded.values?.includes(value))
    if (others === undefined) tell('may be any text', 'bound')
    else for (const value of others) tell(`may be ${JSON.stringify(value)}`)
    return
  }
  const isLonger = written.maxLength > demanded.maxLength || written.minLength < demanded.minLength
  if (isLonger) tell('may be of another length', 'bound')
  const { formats, patterns, values } = written
  for (const format of demanded.formats) {
    if (!values && !formats.includes(format)) tell(`may be no ${format}`, 'bound')
  }
  for (const pattern of demanded.patterns) {
    if (!values && !patterns.includes(pattern)) tell(`may not match /${pattern}/`, 'bound')
  }
}

function compareNumbers(demanded: Numbers | undefined, written: Numbers | undefined, tell: Tell): void {
  if (!demanded || !written) return
  if (demanded.isInteger && !written.isInteger) tell('may be no whole number')
  if (demanded.values) {
    const others = written.values?.filter((value) => !demanded.values?.includes(value))
    if (others === undefined) tell('may be any number', 'bound')
    else for (const value of others) tell(`may be ${value}`)
    return
  }
  if (written.min < demanded.min) tell(`may be below ${demanded.min}`, 'bound')
  if (written.max > demanded.max) tell(`may be above ${demanded.max}`, 'bound')
}
