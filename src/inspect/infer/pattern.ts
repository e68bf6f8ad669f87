import type { SyntaxNode } from '../../expression/index.ts'
import { wordsFor } from '../types/describe.ts'
import { matchesPattern } from '../types/facets.ts'
import type { Side } from './never-equal.ts'
import type { Run } from './run.ts'

/** Functions whose second argument may be a regular expression or a text that is searched as it is. */
const SEARCHING: ReadonlySet<string> = new Set(['contains', 'replace', 'split', 'match'])

/** Signs that a text was meant as a regular expression. */
const LOOKS_LIKE_REGEX = /^\^.|.\$$|\\[dwsb]|\[(?:a-z|A-Z|0-9|\^)|\.[*+]|\(\?:/

/** Reports a regular expression that can't do what its author wants. */
export function reportPattern(name: string, [text, part]: readonly Side[], run: Run): void {
  if (!SEARCHING.has(name) || !text || !part) return
  const literal = part.node.type === 'string' ? String(part.node.value) : undefined
  if (literal !== undefined && LOOKS_LIKE_REGEX.test(literal)) reportQuoted(name, literal, part.node, run)
  const regex = part.type.functions?.regex
  const values = text.type.isUnknown ? undefined : text.type.texts?.values
  if (!regex || !values || values.some((value) => matchesPattern(regex.source, flagsOf(regex), value))) return
  run.report(
    'REGEX_NEVER_MATCHES',
    part.node,
    `\`${run.textOf(part.node)}\` matches no value of \`${run.textOf(text.node)}\`, which is ${wordsFor(text.type)}`,
    'Correct the pattern, or compare with the values: x in ["a", "b"].',
  )
}

function flagsOf({ flags }: RegExp): string {
  return flags.replace('g', '')
}

function reportQuoted(name: string, literal: string, node: SyntaxNode, run: Run): void {
  run.report(
    'REGEX_IN_QUOTES',
    node,
    `$${name} searches for the text ${JSON.stringify(literal)} as it stands, for in quotes it is no regular expression`,
    `Write it between slashes: /${literal.replaceAll('/', '\\/')}/.`,
  )
}
