import { RE2JS } from 're2js'
import type { RegexMatch } from '#jsonata-sync'
import type { PatternFlags } from './char-set.ts'
import { isCheapForNative } from './native-cost.ts'
import { parsePattern } from './parse-pattern.ts'
import { type Purpose, type Re2Pattern, toRe2 } from './to-re2.ts'
import { UnsupportedPattern } from './unsupported-pattern.ts'

/** A compiled regular expression with JavaScript's meaning that takes time in proportion to the text, whatever the text is. */
export interface SafePattern {
  readonly source: string
  readonly flags: string
  /** The first match that starts at or after `from`, in UTF-16 units; its further items are what the groups took. */
  exec(text: string, from: number): RegexMatch | null
  test(text: string): boolean
}

/** Throws UnsupportedPattern for what can't be run so, and SyntaxError for what is no regular expression. */
export function compileSafePattern(source: string, flags: string, purpose: Purpose = 'groups'): SafePattern {
  if (/[^gimu]/.test(flags))
    throw new UnsupportedPattern(`the flags ${flags} are not supported`, 'Use the flags i, m and u only.')
  const native = new RegExp(source, flags.includes('g') ? flags : `${flags}g`)
  const pattern = parsePattern(source, native.unicode, countCaptures(source, flags))
  if (isCheapForNative(pattern, native.multiline)) return { source, flags, ...runNative(native) }
  const exec = runRe2(toRe2(pattern, flagsOf(native), purpose))
  return { source, flags, exec, test: (text) => exec(text, 0) !== null }
}

/** A pattern that JavaScript runs, however long it takes. */
export function nativePattern({ source, flags }: RegExp): SafePattern {
  return { source, flags, ...runNative(new RegExp(source, flags.includes('g') ? flags : `${flags}g`)) }
}

function flagsOf(native: RegExp): PatternFlags {
  if (native.unicode && native.ignoreCase) {
    throw new UnsupportedPattern('the flags i and u do not go together', 'Write both cases out: [aA].')
  }
  return { isUnicode: native.unicode, isIgnoreCase: native.ignoreCase, isMultiline: native.multiline }
}

/** An alternative that matches the empty text makes every pattern match, and a match tells the number of groups. */
function countCaptures(source: string, flags: string): number {
  return (new RegExp(`${source}|`, flags.replace('g', '')).exec('')?.length ?? 1) - 1
}

function runNative(native: RegExp): Pick<SafePattern, 'exec' | 'test'> {
  // Without the flag g, a test keeps no place in the text.
  const single = new RegExp(native.source, native.flags.replace('g', ''))
  return {
    exec: (text, from) => {
      native.lastIndex = from
      return native.exec(text)
    },
    test: (text) => single.test(text),
  }
}

function runRe2({ source, alphabet }: Re2Pattern): SafePattern['exec'] {
  const re2 = RE2JS.compile(source)
  let lastText: string | undefined
  let spelled = ''
  return (text, from) => {
    if (text !== lastText) spelled = alphabet.spell(text)
    lastText = text
    const matcher = re2.matcher(spelled)
    if (from > spelled.length || !matcher.find(from)) return null
    const groups = Array.from({ length: re2.groupCount() + 1 }, (_, group) => {
      const start = matcher.start(group)
      return start < 0 ? undefined : text.slice(start, matcher.end(group))
    })
    return Object.assign(groups, { index: matcher.start() })
  }
}
