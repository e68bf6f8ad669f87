import type { NewFile } from '../../model/exchange.ts'
import type { RuleDraft } from '../contract-draft.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

/** The engine of the rules that Assay writes into ODCS. */
export const ENGINE = 'assay'

/** A rule that Assay exported, with the schema documents that it came with. */
export type ReadAssayRule =
  | { readonly rule: RuleDraft; readonly documents: readonly NewFile[] }
  | { readonly problem: string; readonly hint: string }

const SHAPE_HINT =
  'Write `implementation: { assert: "price > 0" }`, or `{ schema: ./x.schema.json, documents: [ … ] }`.'

/** Reads a rule of `type: custom, engine: assay`. An implementation that is text is an assertion. */
export function readAssayRule(rule: Mapping): ReadAssayRule {
  const given = valueOf(rule, 'implementation')
  const implementation = typeof given === 'string' ? { assert: given } : given
  if (!isMapping(implementation)) return { problem: '`implementation` is missing', hint: SHAPE_HINT }
  const assert = textOf(implementation, 'assert')
  const schema = textOf(implementation, 'schema')
  if ((assert === undefined) === (schema === undefined)) {
    return { problem: '`implementation` must hold one of `assert` and `schema`', hint: SHAPE_HINT }
  }
  const documents = asList(valueOf(implementation, 'documents')).filter(isMapping).map(toFile)
  const astray = documents.find(({ path }) => isOutside(path))
  if (astray !== undefined) {
    const problem = `the document ${JSON.stringify(astray.path)} lies outside of the rules folder`
    return { problem, hint: 'Documents may lie beside the contract, below it, or one folder above.' }
  }
  const id = textOf(rule, 'id') ?? textOf(rule, 'name') ?? 'rule'
  const missing = textOf(implementation, 'missing') === 'skip' ? 'skip' : undefined
  const engine = textOf(implementation, 'engine') === 'interpreter' ? 'interpreter' : undefined
  return { rule: { id, when: textOf(implementation, 'when'), missing, engine, assert, schema }, documents }
}

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
