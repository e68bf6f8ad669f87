import { tokenize } from './tokens.ts'
import type { Token } from './tokens.ts'

/** A use of the world outside: time, chance, the process, the network. */
export interface Impurity {
  readonly what: string
  /** Counts from 1. */
  readonly line: number
}

const GLOBALS = new Set([
  'process',
  'performance',
  'crypto',
  'fetch',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'globalThis',
  'require',
  'eval',
])

const MEMBERS = new Set(['Date.now', 'Math.random'])

/** Where a module reads the clock or the process, rolls dice, sets timers or prints. `new Date(ms)` is fine, `new Date()` is not. */
export function impuritiesOf(source: string): Impurity[] {
  const tokens = tokenize(source)
  return tokens.flatMap((token, index) => {
    const what = token.kind === 'word' && isGlobal(tokens, index) ? impurityAt(tokens, index) : undefined
    return what === undefined ? [] : [{ what, line: token.line }]
  })
}

/** Not a member (`x.process`), nor a key or a typed name (`process: …`, `process?: …`), nor a method's name after `function`. */
function isGlobal(tokens: readonly Token[], index: number): boolean {
  const isMember = tokens[index - 1]?.text === '.' && tokens[index - 2]?.text !== '.'
  const next = tokens[index + 1]?.text
  const isKey = next === ':' || (next === '?' && tokens[index + 2]?.text === ':')
  return !isMember && !(isKey && tokens[index - 1]?.text !== '?')
}

function impurityAt(tokens: readonly Token[], index: number): string | undefined {
  const word = tokens[index]?.text ?? ''
  if (GLOBALS.has(word)) return word
  const member = `${word}.${tokens[index + 1]?.text === '.' ? tokens[index + 2]?.text : ''}`
  if (MEMBERS.has(member)) return member
  return word === 'Date' ? dateOfNow(tokens, index) : undefined
}

function dateOfNow(tokens: readonly Token[], index: number): string | undefined {
  const isNew = tokens[index - 1]?.text === 'new'
  const isCalled = tokens[index + 1]?.text === '('
  if (isNew && (!isCalled || tokens[index + 2]?.text === ')')) return 'new Date()'
  return !isNew && isCalled ? 'Date()' : undefined
}
