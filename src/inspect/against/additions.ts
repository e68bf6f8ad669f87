import { constantType } from '../types/constants.ts'
import { describe } from '../types/describe.ts'
import { ABSENT, NEVER, NULL } from '../types/type.ts'
import type { Type } from '../types/type.ts'

/** Values that a field may newly have. */
export interface Addition {
  readonly type: Type
  /** To come after "may be". */
  readonly words: string
  /** The value, if it is a text that is one of a few. */
  readonly text: string | undefined
}

/** Enumerations are looked into value by value up to this size. */
const MAX_VALUES = 500

/**
 * The values that a field may have by one schema and not by another: kinds of values, values of an enumeration, null and none.
 *
 * @param today undefined where nothing is known: then each kind and each value counts, but not null and none, of which the static checks
 * know more
 */
export function additionsOf(today: Type | undefined, proposed: Type): readonly Addition[] {
  if (proposed.isUnknown || today?.isUnknown === true) return []
  return [
    ...gaps(today, proposed),
    ...kinds(today, proposed),
    ...textValues(today, proposed),
    ...numberValues(today, proposed),
  ]
}

function gaps(today: Type | undefined, proposed: Type): Addition[] {
  if (today === undefined) return []
  return [
    ...(proposed.isNull && !today.isNull ? [{ type: NULL, words: 'null', text: undefined }] : []),
    ...(proposed.isAbsent && !today.isAbsent ? [{ type: ABSENT, words: 'missing', text: undefined }] : []),
  ]
}

/** Kinds that are new as a whole. Of a field with one kind only, nothing else is left to compare with. */
function kinds(today: Type | undefined, { texts, numbers, booleans, lists, objects }: Type): Addition[] {
  const parts: readonly (Type | false)[] = [
    !today?.texts && texts !== undefined && { ...NEVER, texts },
    !today?.numbers && numbers !== undefined && { ...NEVER, numbers },
    !today?.booleans.length && booleans.length > 0 && { ...NEVER, booleans },
    !today?.lists && lists !== undefined && { ...NEVER, lists },
    !today?.objects.length && objects.length > 0 && { ...NEVER, objects },
  ]
  const found = parts.filter((part) => part !== false)
  return found.map((type) => ({ type, words: describe(type), text: undefined }))
}

function textValues(today: Type | undefined, { texts: proposed }: Type): Addition[] {
  const before = today?.texts
  if (!proposed?.values || (before && !before.values)) return []
  const added = proposed.values.filter((value) => !before?.values?.includes(value))
  return added.slice(0, MAX_VALUES).map((value) => constant(value, value))
}

function numberValues(today: Type | undefined, { numbers: proposed }: Type): Addition[] {
  const before = today?.numbers
  if (!proposed?.values || (before && !before.values)) return []
  const added = proposed.values.filter((value) => !before?.values?.includes(value))
  return added.slice(0, MAX_VALUES).map((value) => constant(value, undefined))
}

function constant(value: string | number, text: string | undefined): Addition {
  return { type: constantType(value), words: JSON.stringify(value), text }
}
