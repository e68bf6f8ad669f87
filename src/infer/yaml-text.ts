import { stringify } from 'yaml'

/** A value as YAML on one line. */
export function inline(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()
    : stringify(value, { lineWidth: 0, defaultStringType: lineType(value) }).trimEnd()
}

/** A value as YAML on lines of their own, indented. */
export function block(value: unknown, indent: string): string {
  const text = stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd()
  return text
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n')
}

/** A text that YAML would write on several lines stands in quotes instead. */
function lineType(value: unknown): 'PLAIN' | 'QUOTE_DOUBLE' {
  return typeof value === 'string' && /[\n\r]/.test(value) ? 'QUOTE_DOUBLE' : 'PLAIN'
}
