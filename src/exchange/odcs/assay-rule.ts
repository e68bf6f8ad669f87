import { parseContract } from '../../contract/parse.ts'
import type { NewFile } from '../../model/exchange.ts'
import type { Problem } from '../../model/problem.ts'
import type { RuleDraft } from '../contract-draft.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** The engine of the rules that Assay writes into ODCS. */
export const ENGINE = 'assay'

/** A rule that Assay exported, with the schema documents that it came with. */
export type ReadAssayRule =
  | { readonly rule: RuleDraft; readonly documents: readonly NewFile[] }
  | { readonly problem: string; readonly hint: string }

const SHAPE_HINT =
  'Write `implementation: { assert: "price > 0" }`, `{ freshness: { within: 5m } }`, or `{ schema: ./x.schema.json, documents: [ … ] }`.'
const CHECKS = ['assert', 'schema', 'freshness', 'volume'] as const

/** Reads a rule of `type: custom, engine: assay`. An implementation that is text is an assertion. */
export function readAssayRule(rule: Mapping): ReadAssayRule {
  const given = valueOf(rule, 'implementation')
  const implementation = typeof given === 'string' ? { assert: given } : given
  if (!isMapping(implementation)) return { problem: '`implementation` is missing', hint: SHAPE_HINT }
  if (CHECKS.filter((key) => isGiven(valueOf(implementation, key))).length !== 1) {
    const names = '`assert`, `schema`, `freshness` and `volume`'
    return { problem: `\`implementation\` must hold one of ${names}`, hint: SHAPE_HINT }
  }
  const documents = asList(valueOf(implementation, 'documents')).filter(isMapping).map(toFile)
  const astray = documents.find(({ path }) => isOutside(path))
  if (astray !== undefined) {
    const problem = `the document ${JSON.stringify(astray.path)} lies outside of the rules folder`
    return { problem, hint: 'Documents may lie beside the contract, below it, or one folder above.' }
  }
  const draft = draftOf(rule, implementation)
  const mistake = mistakeIn(draft)
  return mistake ? { problem: mistake.message, hint: mistake.hint } : { rule: draft, documents }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function draftOf(rule: Mapping, implementation: Mapping): RuleDraft {
  return {
    id: textOf(rule, 'id') ?? textOf(rule, 'name') ?? 'rule',
    when: textOf(implementation, 'when'),
    missing: textOf(implementation, 'missing') === 'skip' ? 'skip' : undefined,
    engine: textOf(implementation, 'engine') === 'interpreter' ? 'interpreter' : undefined,
    assert: textOf(implementation, 'assert'),
    schema: textOf(implementation, 'schema'),
    freshness: valueOf(implementation, 'freshness') as object | undefined,
    volume: valueOf(implementation, 'volume') as object | undefined,
    tolerance: valueOf(implementation, 'tolerance') as object | 'none' | undefined,
    mode: textOf(implementation, 'mode') === 'shadow' ? 'shadow' : undefined,
  }
}

/** What the contract language has against the parts of a rule that are more than text. */
function mistakeIn({ freshness, volume, tolerance }: RuleDraft): Problem | undefined {
  const check = freshness === undefined && volume === undefined ? { assert: 'true' } : { freshness, volume }
  const rules = [{ id: 'rule', ...check, tolerance }]
  const { problems } = parseContract('', JSON.stringify({ ...ANY_HEAD, rules }))
  const found = problems.find(({ severity }) => severity === 'error')
  return found && { ...found, message: found.message.replace(/^rule "rule": /, '') }
}

const ANY_HEAD = { apiVersion: 'assay/v1', id: 'a', version: '1.0.0', topic: 'a', domain: 'a', owner: 'a' }

function toFile(document: Mapping): NewFile {
  return { path: textOf(document, 'path') ?? '', text: textOf(document, 'text') ?? '' }
}

/** A contract lies one folder below the rules folder, and nothing is written outside of that. */
function isOutside(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.includes('\\')) return true
  let depth = 1
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1
    else if (part !== '.' && part !== '') depth += 1
    if (depth < 0) return true
  }
  return false
}
