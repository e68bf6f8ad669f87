import type { Type } from '../types/type.ts'

/** Which way a value can decide where true or false is asked for. */
export interface Truth {
  readonly canBeTrue: boolean
  /** Also where there is no value. */
  readonly canBeFalse: boolean
}

/** How JSONata takes a value for true or false: empty, zero, null and no value are false. */
export function truthOf(type: Type): Truth {
  if (type.isUnknown) return { canBeTrue: true, canBeFalse: true }
  const { numbers, texts } = type
  const isManyOrObject = type.lists !== undefined || type.objects.length > 0
  return {
    canBeTrue:
      type.booleans.includes(true) ||
      isManyOrObject ||
      (numbers !== undefined && !(numbers.min === 0 && numbers.max === 0)) ||
      (texts !== undefined && texts.maxLength > 0),
    canBeFalse:
      type.isAbsent ||
      type.isNull ||
      type.functions !== undefined ||
      type.booleans.includes(false) ||
      isManyOrObject ||
      (numbers !== undefined && mayBeZero(numbers)) ||
      (texts !== undefined && texts.minLength === 0),
  }
}

function mayBeZero({ min, max, values }: NonNullable<Type['numbers']>): boolean {
  return values ? values.includes(0) : min <= 0 && max >= 0
}

/** Whether an assertion that has this value can be met: only true meets it. */
export function canPass(type: Type): boolean {
  return type.isUnknown || type.booleans.includes(true)
}

/** The booleans of a truth. */
export function booleansOf({ canBeTrue, canBeFalse }: Truth): readonly boolean[] {
  return [...(canBeTrue ? [true] : []), ...(canBeFalse ? [false] : [])]
}
