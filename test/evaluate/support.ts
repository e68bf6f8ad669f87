import { posix } from 'node:path'
import { parseContract } from '../../src/contract/parse.ts'
import { compileContracts } from '../../src/evaluate/compile.ts'
import type { Compilation } from '../../src/evaluate/compile.ts'
import type { CompiledContract } from '../../src/evaluate/compiled.ts'
import { EventContext } from '../../src/evaluate/context.ts'
import { judgeEvent } from '../../src/evaluate/judge.ts'
import type { ReadReference } from '../../src/evaluate/schema-documents.ts'
import type { Contract } from '../../src/model/contract.ts'
import type { KafkaRecord } from '../../src/model/record.ts'
import type { EventResult, Verdict } from '../../src/model/verdict.ts'

export const NOW_MS = Date.UTC(2025, 5, 1, 12)

/** A rule as it stands in a contract file; the id is made up unless given. */
export type RuleText = Readonly<Record<string, unknown>>

/** Schema files by path; what is no text is written as JSON. */
export type Files = Readonly<Record<string, unknown>>

const HEAD = {
  apiVersion: 'assay/v1',
  id: 'ads.ad-published',
  version: '1.0.0',
  topic: 'ads.ad-published.v1',
  domain: 'ads',
  owner: 'team-search',
}

/** A contract as its file would give it (JSON is YAML); throws if the file has problems. */
export function contractOf(rules: readonly RuleText[], head: RuleText = {}): Contract {
  const named = rules.map((rule, index) => ({ id: `rule_${index}`, ...rule }))
  const text = JSON.stringify({ ...HEAD, ...head, rules: named })
  const { contract, problems } = parseContract('rules/ads/ad.contract.yaml', text)
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
  return contract
}

/** Finds references among files in memory. */
export function readFrom(files: Files): ReadReference {
  return (from, reference) => {
    const path = posix.join(posix.dirname(from), reference)
    const found = files[path]
    if (found === undefined) return { path, missing: 'there is no such file' }
    return { path, text: typeof found === 'string' ? found : JSON.stringify(found) }
  }
}

export function compile(rules: readonly RuleText[], files: Files = {}): Compilation {
  return compileContracts([contractOf(rules)], readFrom(files))
}

/** A contract ready to run; throws if any rule can't be compiled. */
export function compiledContract(rules: readonly RuleText[], files: Files = {}): CompiledContract {
  const { topics, problems } = compile(rules, files)
  const contract = topics[0]?.contracts[0]
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
  return contract
}

export function recordOf(more: Partial<KafkaRecord> = {}): KafkaRecord {
  return {
    topic: 'ads.ad-published.v1',
    partition: 3,
    offset: 42,
    timestampMs: NOW_MS - 1000,
    key: null,
    value: null,
    headers: {},
    ...more,
  }
}

export function judge(
  contract: CompiledContract,
  event: unknown,
  record = recordOf(),
): { readonly result: EventResult; readonly verdicts: readonly Verdict[] } {
  const verdicts: Verdict[] = []
  const result = judgeEvent(contract, event, new EventContext(record, NOW_MS), verdicts)
  return { result, verdicts }
}

/** The verdict of one rule on one event. */
export function verdictOf(rule: RuleText, event: unknown, record = recordOf(), files: Files = {}): Verdict {
  const [verdict] = judge(compiledContract([rule], files), event, record).verdicts
  if (verdict === undefined) throw new Error('no verdict was given')
  return verdict
}

/** Verdict of a schema rule whose schema stands in a file of its own. */
export function schemaVerdict(schema: unknown, event: unknown, others: Files = {}): Verdict {
  return verdictOf({ schema: './schemas/main.schema.json' }, event, recordOf(), {
    'rules/ads/schemas/main.schema.json': schema,
    ...others,
  })
}

/** Why a schema is refused; throws if it is not. */
export function schemaRefusal(schema: unknown, others: Files = {}): string {
  const files = { 'rules/ads/schemas/main.schema.json': schema, ...others }
  const { problems } = compile([{ schema: './schemas/main.schema.json' }], files)
  const [problem, another] = problems
  if (problem === undefined || another !== undefined)
    throw new Error(`expected one problem: ${JSON.stringify(problems)}`)
  if (!problem.code.startsWith('SCHEMA_')) throw new Error(problem.code)
  return problem.message
}
