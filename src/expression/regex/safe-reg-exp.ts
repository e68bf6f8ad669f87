import { compileSafePattern } from './safe-pattern.ts'
import { UnsupportedPattern } from './unsupported-pattern.ts'

/** As much of a RegExp as JSON Schema needs. */
export interface SafeRegExp {
  test(text: string): boolean
  /** The pattern as it would be written in JavaScript. */
  toString(): string
}

/**
 * A regular expression for JSON Schema's `pattern` that takes time in proportion to the text. Throws an Error that says what is wrong
 * and what to do, for a pattern that is none or can't be run so.
 */
export function createSafeRegExp(source: string, flags: string): SafeRegExp {
  const { exec } = compile(source, flags)
  return {
    test: (text) => exec(text, 0) !== null,
    toString: () => `/${source}/${flags}`,
  }
}

function compile(source: string, flags: string) {
  try {
    return compileSafePattern(source, flags, 'test')
  } catch (error) {
    if (error instanceof UnsupportedPattern)
      throw new Error(`/${source}/: ${error.message}. ${error.hint}`, { cause: error })
    throw error
  }
}
