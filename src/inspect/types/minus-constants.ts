import { constantsOf } from './constants.ts'
import { numbersOf, textsOf } from './facets.ts'
import type { Type } from './type.ts'

/** The type without some constants, as far as it has constants itself. */
export function minusConstants(type: Type, constants: readonly unknown[]): Type {
  const all = constantsOf(type)
  if (!all) return type
  const texts = type.texts?.values?.filter((value) => !constants.includes(value)) ?? []
  const numbers = type.numbers?.values?.filter((value) => !constants.includes(value)) ?? []
  return {
    ...type,
    texts: textsOf(texts),
    numbers: numbersOf(numbers),
    booleans: type.booleans.filter((value) => !constants.includes(value)),
    isNull: type.isNull && !constants.includes(null),
  }
}
