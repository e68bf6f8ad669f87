import { meet } from '../types/combine.ts'
import { onlyConstant } from '../types/constants.ts'
import { hasValue, present } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import type { Truth } from './truth.ts'

/** Whether two values can be equal, and whether they can differ. No value equals nothing. */
export function equality(left: Type, right: Type): Truth {
  if (left.isUnknown || right.isUnknown) return { canBeTrue: true, canBeFalse: true }
  const [one, other] = [onlyConstant(left), onlyConstant(right)]
  const isSame = one !== undefined && other !== undefined && one.value === other.value
  return {
    canBeTrue: overlap(left, right),
    canBeFalse: left.isAbsent || right.isAbsent || !isSame,
  }
}

/** Whether there is a value that both may be. Lists and objects are not looked into. */
export function overlap(left: Type, right: Type): boolean {
  if (left.isUnknown || right.isUnknown) return hasValue(left) && hasValue(right)
  if ((left.lists && right.lists) || (left.objects.length > 0 && right.objects.length > 0)) return true
  const both = meet(scalars(left), scalars(right))
  return hasValue(present(both))
}

function scalars(type: Type): Type {
  return { ...type, lists: undefined, objects: [], functions: undefined }
}
