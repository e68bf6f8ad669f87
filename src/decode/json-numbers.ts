import { isExact } from './numbers.ts'

/** Sixteen digits in a row, or an exponent: what a double may not hold to the last digit. */
const LONG_NUMBER = /\d[\d.]{15}|\d[eE]/

/** Whether a JSON text may have numbers that a double rounds. True too often, for the digits may stand in a string. */
export function mayRound(text: string): boolean {
  return LONG_NUMBER.test(text)
}

/** The value of a valid JSON text, in which numbers that a double would round are the text that they were written as. */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, ((_: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && !isExact(context.source, value)
      ? context.source
      : value) as (key: string, value: unknown) => unknown)
}
