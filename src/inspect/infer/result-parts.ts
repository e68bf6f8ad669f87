import { constantType } from '../types/constants.ts'
import { ABSENT, hasValue, numberType, orAbsent } from '../types/type.ts'
import type { Type } from '../types/type.ts'

/** Of no value, most functions make no value. */
export function ifValue(value: Type, result: Type): Type {
  if (!value.isUnknown && !hasValue(value)) return ABSENT
  return value.isAbsent ? orAbsent(result) : result
}

/** A whole number within bounds; a constant if they are the same. */
export function wholeNumber({ min, max }: { min: number; max: number }): Type {
  return min === max ? constantType(min) : numberType({ min, max, isInteger: true })
}
