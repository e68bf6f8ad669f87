import { posix } from 'node:path'
import { compareRuleSets, type Comparison } from '../../src/compare/compare-rule-sets.ts'
import type { Side } from '../../src/compare/side.ts'
import { parseContract } from '../../src/contract/parse.ts'
import type { ContractDifference, RuleDifference } from '../../src/model/difference.ts'

const HEAD = {
  apiVersion: 'assay/v1',
  id: 'ads.ad-published',
  version: '1.0.0',
  topic: 'ads.ad-published.v1',
  domain: 'ads',
  owner: 'team-search',
}

/** Contracts by their file, as YAML's subset JSON; schemas by their file. */
export interface Version {
  readonly contracts: Readonly<Record<string, object>>
  readonly schemas?: Readonly<Record<string, unknown>>
}

/** A version with one contract. */
export function oneContract(rules: readonly object[], head: object = {}, schemas = {}): Version {
  return { contracts: { 'a.contract.yaml': { ...HEAD, ...head, rules } }, schemas }
}

export function compareVersions(base: Version, head: Version): Comparison {
  return compareRuleSets(toSide(base), toSide(head))
}

/** What differs in the one contract that both versions have, or undefined. */
export function compareOne(base: Version, head: Version): ContractDifference | undefined {
  return compareVersions(base, head).contracts[0]
}

/** What differs in the rule `r`, whose two versions are given. */
export function compareRule(base: object, head: object): RuleDifference | undefined {
  const [before, after] = [base, head].map((rule) => oneContract([{ id: 'r', ...rule }]))
  return compareOne(before as Version, after as Version)?.rules[0]
}

/** What differs in a rule with the schema `s.json`, whose two versions are given. */
export function compareSchema(base: unknown, head: unknown): RuleDifference | undefined {
  const rules = [{ id: 'r', schema: './s.json' }]
  return compareOne(oneContract(rules, {}, { 's.json': base }), oneContract(rules, {}, { 's.json': head }))
    ?.rules[0]
}

function toSide({ contracts, schemas = {} }: Version): Side {
  const parsed = Object.entries(contracts).map(([file, contract]) => {
    const { contract: read, problems } = parseContract(file, JSON.stringify(contract))
    if (read === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
    return read
  })
  return {
    contracts: parsed,
    relativeFile: (file) => file,
    read: (from, reference) => {
      const path = posix.join(posix.dirname(from), reference)
      if (!Object.hasOwn(schemas, path)) return { path, missing: 'there is no such file' }
      const schema = schemas[path]
      return { path, text: typeof schema === 'string' ? schema : JSON.stringify(schema) }
    },
  }
}
