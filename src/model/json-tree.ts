/** A number with the digits in which it was written: a double could not give all of them back. */
export interface JsonNumber {
  readonly digits: string
}

/** A JSON value as it was written. Objects are maps, so that a key such as `__proto__` is a key like any other. */
export type JsonTree =
  null | boolean | string | JsonNumber | readonly JsonTree[] | ReadonlyMap<string, JsonTree>
