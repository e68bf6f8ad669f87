import type { RegexMatch, RegexRun } from '#jsonata-sync'
import { type SafePattern, compileSafePattern } from './safe-pattern.ts'

/** Patterns of date pictures, which the interpreter makes while it evaluates: few, unless events bring the pictures. */
const MAX_REMEMBERED = 100

/**
 * What the interpreter takes for the class RegExp: made anew for each evaluation of a regular expression, from its compiled pattern.
 * Like a RegExp with flag g, it goes on where its last match ended.
 */
export class RegexEngine implements RegexRun {
  static readonly #remembered = new Map<string, SafePattern>()

  lastIndex = 0
  readonly #pattern: SafePattern

  constructor(pattern: SafePattern | RegExp) {
    this.#pattern = pattern instanceof RegExp ? RegexEngine.#compile(pattern) : pattern
  }

  exec(text: unknown): RegexMatch | null {
    const match = this.#pattern.exec(String(text), this.lastIndex)
    this.lastIndex = match === null ? 0 : match.index + (match[0]?.length ?? 0)
    return match
  }

  static #compile({ source, flags }: RegExp): SafePattern {
    const key = `/${source}/${flags}`
    const known = RegexEngine.#remembered.get(key)
    if (known !== undefined) return known
    const pattern = compileSafePattern(source, flags)
    if (RegexEngine.#remembered.size >= MAX_REMEMBERED) RegexEngine.#remembered.clear()
    RegexEngine.#remembered.set(key, pattern)
    return pattern
  }
}
