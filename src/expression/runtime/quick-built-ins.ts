import jsonata from '#jsonata-sync'
import type { SafePattern } from '../regex/safe-pattern.ts'

const { spend, countCharacters } = jsonata.internals

/** $count */
export function count(value: unknown): number {
  if (value === undefined) return 0
  return Array.isArray(value) ? value.length : 1
}

/** $sum of numbers, or null for what upstream must look at. */
export function sum(value: unknown): number | null | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number') return 0 + value
  if (!Array.isArray(value)) return null
  spend(value.length)
  let total = 0
  for (const item of value as readonly unknown[]) {
    if (typeof item !== 'number') return null
    total += item
  }
  return total
}

/** $length, where a surrogate pair is one character. */
export function lengthOf(text: string): number {
  spend(text.length)
  return countCharacters(text)
}

/** A form of numbers for which parseFloat gives what upstream's $number gives. */
const NUMBER_FORM = /^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/

/** $number of numbers, booleans and plain decimal texts, or null for what upstream must look at. */
export function toNumber(value: unknown): number | null | undefined {
  if (typeof value === 'string') return NUMBER_FORM.test(value) ? parseFloat(value) : null
  return typeof value === 'number' || value === undefined ? value : null
}

export function includesText(text: string, sought: string): boolean {
  spend(text.length)
  return text.includes(sought)
}

/** $contains with a regular expression. */
export function matches(text: string, pattern: SafePattern): boolean {
  spend(text.length)
  return pattern.test(text)
}
