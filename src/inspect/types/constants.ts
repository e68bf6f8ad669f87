import { unionAll } from './combine.ts'
import { numbersOf, textsOf } from './facets.ts'
import { NO_MORE, objectOf } from './objects.ts'
import { ANY, listType, NEVER, NULL, objectType } from './type.ts'
import type { Type } from './type.ts'

/** The type of one JSON value. */
export function constantType(value: unknown): Type {
  switch (typeof value) {
    case 'string':
      return { ...NEVER, texts: textsOf([value]) }
    case 'number':
      return { ...NEVER, numbers: numbersOf([value]) }
    case 'boolean':
      return { ...NEVER, booleans: [value] }
    case 'object':
      return value === null ? NULL : structureType(value)
    default:
      return ANY
  }
}

function structureType(value: object): Type {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return listType(() => constantsType(items), { minItems: items.length, maxItems: items.length })
  }
  const fields = Object.entries(value).map(([name, field]): [string, Type] => [name, constantType(field)])
  return objectType(objectOf(new Map(fields), NO_MORE))
}

/** The type of a value that is one of these. Texts and numbers are gathered first, for there may be thousands. */
export function constantsType(values: readonly unknown[]): Type {
  const texts = values.filter((value) => typeof value === 'string')
  const numbers = values.filter((value) => typeof value === 'number')
  const others = values.filter((value) => typeof value !== 'string' && typeof value !== 'number')
  const scalars: Type = { ...NEVER, texts: textsOf(texts), numbers: numbersOf(numbers) }
  return unionAll([scalars, ...others.map(constantType)])
}

/** The only value that there is, if there is exactly one and it is no list or object. */
export function onlyConstant(type: Type): { readonly value: string | number | boolean | null } | undefined {
  const constants = constantsOf(type)
  const [only] = constants ?? []
  return constants?.length === 1 && only !== undefined ? { value: only } : undefined
}

/** All values that there are, if they are few and none is a list or an object; leaves out whether there may be none. */
export function constantsOf(type: Type): readonly (string | number | boolean | null)[] | undefined {
  if (type.isUnknown || type.lists || type.objects.length > 0 || type.functions) return undefined
  if ((type.texts && !type.texts.values) || (type.numbers && !type.numbers.values)) return undefined
  return [
    ...(type.texts?.values ?? []),
    ...(type.numbers?.values ?? []),
    ...type.booleans,
    ...(type.isNull ? [null] : []),
  ]
}
