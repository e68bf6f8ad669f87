import { createSafeRegExp } from '../expression/index.ts'

/** Why a regular expression can't be run in linear time; undefined if it can. */
export function regexRefusal(pattern: string): string | undefined {
  try {
    createSafeRegExp(pattern, 'u')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
