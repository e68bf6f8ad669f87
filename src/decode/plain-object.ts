import { DataFault } from './data-fault.ts'

/** An object as rules see records and maps: no prototype, so that a field is there or is not, whatever its name. */
export type PlainObject = Record<string, unknown>

/** Set on an empty object: V8 then keeps it as fast to read as any other, which `Object.create(null)` is not. */
export function plainObject(): PlainObject {
  return Object.setPrototypeOf({}, null) as PlainObject
}

/** Puts an entry of a map into its object. A key that comes twice has no one value, and `__proto__` pollutes whoever merges the object. */
export function putEntry(object: PlainObject, key: string, value: unknown): void {
  if (key === '__proto__') throw new DataFault('unsafe_keys', 'a map has a key `__proto__`')
  if (key in object) throw new DataFault('unsafe_keys', 'a map has the same key twice')
  object[key] = value
}
