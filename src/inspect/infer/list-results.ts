import { union, unionAll } from '../types/combine.ts'
import {
  ABSENT,
  hasValue,
  listType,
  NUMBER,
  numberType,
  orAbsent,
  orFault,
  present,
  UNKNOWN,
} from '../types/type.ts'
import type { Numbers, Type } from '../types/type.ts'
import { flowOf, typeOfFlow } from './flow.ts'
import { ifValue, wholeNumber } from './result-parts.ts'

export function countOf(list: Type): Type {
  const { min, max, isUnsure } = flowOfList(list)
  if (isUnsure) return numberType({ min: 0, isInteger: true })
  return wholeNumber({ min, max })
}

/** A list in a list counts once. */
function flowOfList(list: Type): { min: number; max: number; isUnsure: boolean } {
  if (list.isUnknown) return { min: 0, max: Infinity, isUnsure: true }
  const hasSingle = hasValue({ ...list, lists: undefined })
  const mins = [
    ...(list.isAbsent ? [0] : []),
    ...(hasSingle ? [1] : []),
    ...(list.lists ? [list.lists.minItems] : []),
  ]
  return {
    min: Math.min(...mins),
    max: Math.max(hasSingle ? 1 : 0, list.lists?.maxItems ?? 0),
    isUnsure: false,
  }
}

export function sumOf({ min, isInteger }: Numbers): Type {
  return numberType({ min: min >= 0 ? 0 : -Infinity, isInteger })
}

/** Of an empty list there is a sum, but no largest, smallest or average number. */
export function ofNumbers(list: Type, make: (numbers: Numbers) => Type): Type {
  if (list.isUnknown) return orFault(orAbsent(NUMBER))
  if (!hasValue(list)) return ABSENT
  const { item, min } = flowOf(list)
  const { numbers } = item
  const made = numbers ? make(numbers) : NUMBER
  return {
    ...made,
    isAbsent: list.isAbsent || min === 0,
    isFault: list.isFault || item.isUnknown || hasValue({ ...item, numbers: undefined }),
  }
}

export function asList(list: Type): Type {
  if (list.isUnknown || !hasValue(list)) return list
  const { item, min, max, isUnsure } = flowOf(list)
  if (isUnsure) return UNKNOWN
  return ifValue(
    list,
    listType(() => item, { minItems: min, maxItems: max }),
  )
}

export function appended(list: Type, more: Type): Type {
  if (!hasValue(list)) return more
  if (!hasValue(more)) return list
  const [a, b] = [flowOf(list), flowOf(more)]
  const item = union(a.item, b.item)
  return item.isUnknown ? UNKNOWN : listType(() => item, { minItems: a.min + b.min, maxItems: a.max + b.max })
}

export function filtered(list: Type, by: Type): Type {
  const flow = flowOf(list)
  if (flow.max > 0) by.functions?.call?.([flow.item, INDEX, list])
  return flow.isUnsure ? UNKNOWN : typeOfFlow({ ...flow, min: 0 })
}

const INDEX = numberType({ min: 0, isInteger: true })

export function singleOf(list: Type, by: Type): Type {
  const { item } = flowOf(list)
  by.functions?.call?.([item, INDEX, list])
  return orFault(orAbsent(item))
}

export function sorted(list: Type, by: Type): Type {
  const { item } = flowOf(list)
  by.functions?.call?.([item, item])
  return asList(list)
}

/** The function is looked into; what comes of calling it again and again is not known. */
export function callAndForget(by: Type, args: readonly Type[]): Type {
  by.functions?.call?.(args)
  return UNKNOWN
}

/** What was added up so far is of the kind that it began with, but no longer the same value. */
export function orUnknown({ numbers }: Type): Type {
  return numbers ? NUMBER : UNKNOWN
}

export function fieldsOf(value: Type): Type {
  const fields = value.objects.flatMap((object) => object.names().map((name) => object.field(name).type))
  const isWhole = !value.isUnknown && fields.length > 0 && fields.length <= MAX_FIELDS
  return isWhole ? present(unionAll(fields)) : UNKNOWN
}

const MAX_FIELDS = 50

export function mapped(list: Type, by: Type): Type {
  const flow = flowOf(list)
  const call = by.functions?.call
  if (flow.isUnsure || !call) return UNKNOWN
  const each = call([flow.item, INDEX, list])
  if (each.isUnknown || each.lists) return UNKNOWN
  return typeOfFlow({ ...flow, item: present(each), min: each.isAbsent ? 0 : flow.min })
}

export function lookedUp(value: Type, name: Type): Type {
  const names = name.texts?.values
  if (value.isUnknown || value.lists || names?.length !== 1 || value.objects.length === 0) return UNKNOWN
  return orAbsent(unionAll(value.objects.map((object) => object.field(names[0] ?? '').type)))
}
