/** A string literal of JavaScript. The two line ends that JSON allows in strings are escaped too, as older parsers refuse them. */
export function writeText(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

/** A literal for a value that JSON knows. */
export function writeLiteral(value: unknown): string {
  if (typeof value === 'string') return writeText(value)
  if (typeof value === 'number') return Object.is(value, -0) ? '(-0)' : `(${String(value)})`
  if (value === null || typeof value === 'boolean') return String(value)
  throw new TypeError('only strings, numbers, booleans and null can be written as literals')
}
