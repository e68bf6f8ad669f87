import type { SafePattern } from '../regex/safe-pattern.ts'

/** True for what stands in the place of a regular expression in a tree that is ready to run. */
export function isPattern(value: unknown): value is SafePattern {
  return typeof value === 'object' && value !== null && 'test' in value && !(value instanceof RegExp)
}
