/** Objects of which event data may be made, and those that a property read on a text or number ends up at. */
const PROTOTYPES = [
  Object,
  Array,
  String,
  Number,
  Boolean,
  BigInt,
  Function,
  Date,
  Map,
  Set,
  RegExp,
  Error,
  Promise,
  Buffer,
  Uint8Array,
  Object.getPrototypeOf(Uint8Array),
  ArrayBuffer,
  DataView,
]

/** Names of properties that an object may have without being its own, and the marks of lists. */
const INHERITED: ReadonlySet<string> = new Set([
  ...PROTOTYPES.flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype)),
  'length',
  'sequence',
  'keepSingleton',
  'outerWrapper',
  'tupleStream',
  'cons',
])

/** True for a name that reads as an object's own property with a plain property access, and reads as undefined on anything else. */
export function isPlainKey(name: string): boolean {
  return !INHERITED.has(name) && !/^\d+$/.test(name)
}
