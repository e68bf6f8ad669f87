import { ExpressionFault } from '../../src/expression/index.ts'
import { admitsNumber, admitsText } from '../../src/inspect/types/facets.ts'
import type { Type } from '../../src/inspect/types/type.ts'

/** Whether an evaluation's outcome is among those that a type allows. */
export function admits(type: Type, value: unknown): boolean {
  if (value === undefined) return type.isAbsent
  if (value instanceof ExpressionFault) return type.isFault
  if (type.isUnknown) return true
  switch (typeof value) {
    case 'boolean':
      return type.booleans.includes(value)
    case 'number':
      return type.numbers !== undefined && admitsNumber(type.numbers, value)
    case 'string':
      return type.texts !== undefined && admitsText(type.texts, value)
    default:
      return admitsStructure(type, value)
  }
}

function admitsStructure(type: Type, value: unknown): boolean {
  if (value === null) return type.isNull
  if (!Array.isArray(value)) return type.objects.length > 0
  const { lists } = type
  if (lists === undefined || value.length < lists.minItems || value.length > lists.maxItems) return false
  const item = lists.item()
  return value.every((each) => Array.isArray(each) || admits(item, each))
}
