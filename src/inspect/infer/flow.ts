import { union } from '../types/combine.ts'
import {
  ABSENT,
  hasValue,
  isNever,
  listType,
  NEVER,
  orAbsent,
  orFault,
  present,
  UNKNOWN,
} from '../types/type.ts'
import type { Type } from '../types/type.ts'

/** Values that JSONata walks over: none, one, or several of one type. */
export interface Flow {
  /** Each of them; never a list. */
  readonly item: Type
  readonly min: number
  readonly max: number
  /** At most so many as the author takes for granted: one for a look-up by a key. */
  readonly presumedMax: number
  /** Their number depends on something of which nothing is known. */
  readonly isUnsure: boolean
}

/** The values that a value stands for when JSONata walks over it: the items of a list, otherwise itself. */
export function flowOf(type: Type): Flow {
  if (type.isUnknown) return { item: present(type), min: 0, max: Infinity, presumedMax: 1, isUnsure: true }
  const single: Type = { ...type, lists: undefined, isAbsent: false }
  const hasSingle = hasValue(single)
  const { lists } = type
  if (!lists) {
    const max = hasSingle ? 1 : 0
    return { item: single, min: type.isAbsent ? 0 : max, max, presumedMax: max, isUnsure: false }
  }
  const inner = flowOf(lists.item())
  const least = lists.minItems * inner.min
  const min = type.isAbsent ? 0 : hasSingle ? Math.min(1, least) : least
  const max = Math.max(hasSingle ? 1 : 0, times(lists.maxItems, inner.max))
  const item = hasSingle ? union(single, inner.item) : inner.item
  return { item, min, max, presumedMax: max, isUnsure: inner.isUnsure }
}

/** The values that a predicate looks at: the items of a list, of which some may be lists themselves. */
export function itemsOf(type: Type): Flow {
  const isNested = !type.isUnknown && type.lists?.item().lists !== undefined
  return isNested ? flowOf(UNKNOWN) : flowOf(type)
}

/** What JSONata makes of the values it walked over: nothing of none, the value itself of one, a list of several. */
export function typeOfFlow({ item, min, max, presumedMax, isUnsure }: Flow): Type {
  if (item.isUnknown) return UNKNOWN
  if (isUnsure) return { ...item, isAbsent: true, isFault: true }
  if (max === 0 || isNever(item)) return item.isFault ? orFault(ABSENT) : ABSENT
  const one = min <= 1 ? item : NEVER
  const type: Type = max > 1 ? union(one, severalOf({ item, min, max, presumedMax, isUnsure })) : one
  const whole = item.isFault ? orFault(type) : type
  return min === 0 ? orAbsent(whole) : whole
}

function severalOf({ item, min, max, presumedMax }: Flow): Type {
  return listType(() => item, { minItems: Math.max(2, min), maxItems: max, isSequence: presumedMax > 1 })
}

/** For each value of one flow, those of another. */
export function inEach(outer: Flow, inner: Flow): Flow {
  return {
    item: inner.item,
    min: outer.min * inner.min,
    max: times(outer.max, inner.max),
    presumedMax: times(outer.presumedMax, inner.presumedMax),
    isUnsure: outer.isUnsure || inner.isUnsure,
  }
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b
}
