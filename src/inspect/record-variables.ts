import { orAbsent, numberType, objectType, TEXT } from './types/type.ts'
import { ANY_OBJECT } from './types/objects.ts'
import type { EventVariable } from '../expression/index.ts'
import type { Type } from './types/type.ts'

const TYPES: Readonly<Record<EventVariable, Type>> = {
  key: orAbsent(TEXT),
  headers: objectType(ANY_OBJECT),
  topic: TEXT,
  partition: numberType({ min: 0, isInteger: true }),
  offset: numberType({ min: 0, isInteger: true }),
  timestamp: numberType({ isInteger: true }),
}

/** What rules see of the record beside the event. */
export const RECORD_VARIABLES: ReadonlyMap<string, Type> = new Map(Object.entries(TYPES))
