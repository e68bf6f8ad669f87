import type { RegexMatch, RegexRun } from '#jsonata-sync'
import { RegexEngine } from './regex-engine.ts'
import { type SafePattern, compileSafePattern, nativePattern } from './safe-pattern.ts'
import { UnsupportedPattern } from './unsupported-pattern.ts'

/** A pattern that takes linear time if there is one, and JavaScript's own for look-around and the like. */
export function compileAnyPattern(regex: RegExp): SafePattern {
  try {
    return compileSafePattern(regex.source, regex.flags)
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error
    return nativePattern(regex)
  }
}

/** What expressions that are only tried out take for the class RegExp. */
export class AnyRegexEngine implements RegexRun {
  readonly #run: RegexEngine

  constructor(pattern: SafePattern | RegExp) {
    this.#run = new RegexEngine(pattern instanceof RegExp ? compileAnyPattern(pattern) : pattern)
  }

  get lastIndex(): number {
    return this.#run.lastIndex
  }

  set lastIndex(index: number) {
    this.#run.lastIndex = index
  }

  exec(text: unknown): RegexMatch | null {
    return this.#run.exec(text)
  }
}
