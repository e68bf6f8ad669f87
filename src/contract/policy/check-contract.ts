import { createSafeRegExp, type SafeRegExp } from '../../expression/index.ts'
import { nearest } from '../../model/did-you-mean.ts'
import type { Contract } from '../../model/contract.ts'
import type { Demand, Policy } from '../../model/policy.ts'
import type { Location, Problem } from '../../model/problem.ts'
import type { ErrorCode } from '../../errors/register.ts'
import type { ContractValues } from '../contract-values.ts'
import { placeName, quote } from '../describe-node.ts'
import type { Read } from '../shape.ts'
import { shapeOfKey, valuesOfKey } from './contract-key.ts'
import { type PersonalWord, toPersonalWords } from './field-words.ts'
import { type SchemaField, unclassifiedFields } from './unclassified.ts'

/** A contract as it is held against policies: with what layers gave it, and with the place of every value. */
export interface GovernedContract {
  readonly contract: Contract
  readonly values: Read<ContractValues>
  /** Fields that the JSON Schemas of its rules name. */
  readonly schemaFields: readonly SchemaField[]
}

/** Where a contract does not comply with a policy. */
interface Breach {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
  readonly at: Location
}

/** Finds everything in which a contract does not comply with one policy. */
export type ContractCheck = (governed: GovernedContract) => Problem[]

/** Makes a policy ready to be held against contracts. */
export function contractCheck(policy: Policy): ContractCheck {
  const find = breachFinder(policy.demand, policy.at.file)
  const description = policy.description === undefined ? '' : ` ${policy.description}`
  const source = ` (Policy at ${placeName(policy.at)}.)`
  return (governed) =>
    find(governed).map(({ code, message, hint, at }) => ({
      code,
      severity: policy.severity,
      message: `policy "${policy.id}": ${message}`,
      hint: `${hint}${description}${source}`,
      at,
    }))
}

type BreachFinder = (governed: GovernedContract) => readonly Breach[]

function breachFinder(demand: Demand, policyFile: string): BreachFinder {
  switch (demand.kind) {
    case 'pattern': {
      const pattern = createSafeRegExp(demand.matches.text, 'u')
      return (governed) => misnamed(demand, pattern, governed, policyFile)
    }
    case 'require':
      return (governed) => demand.keys.flatMap(({ text }) => missing(text, governed, policyFile))
    case 'allow':
      return (governed) => notAllowed(demand, governed, policyFile)
    case 'classify': {
      const words = toPersonalWords(demand.words)
      return (governed) => unclassified(words, governed)
    }
    case 'maxRules':
      return (governed) => tooManyRules(demand.limit, governed, policyFile)
  }
}

function unclassified(words: readonly PersonalWord[], governed: GovernedContract): Breach[] {
  const fields = unclassifiedFields(words, governed)
  return fields.map((field) => ({ code: 'POLICY_UNCLASSIFIED_FIELD', ...field }))
}

function misnamed(
  { key, says }: Extract<Demand, { kind: 'pattern' }>,
  pattern: SafeRegExp,
  { values }: GovernedContract,
  policyFile: string,
): Breach[] {
  return valuesOfKey(values, key.text, policyFile).flatMap(({ text, at, subject }) => {
    if (text === undefined || pattern.test(text)) return []
    const message = `${subject}\`${inside(key.text, subject)}\` must be ${says}; found ${quote(text)}`
    return { code: 'POLICY_NAME', message, hint: `Change ${quote(text)}.`, at }
  })
}

function missing(key: string, { values }: GovernedContract, policyFile: string): Breach[] {
  const found = shapeOfKey(key)
  const hint = `Add \`${'example' in found ? found.example : key}\`, say.`
  return valuesOfKey(values, key, policyFile).flatMap(({ text, at, subject }) => {
    if (text !== undefined) return []
    const message = `${subject}\`${inside(key, subject)}\` is missing`
    return { code: 'POLICY_MISSING_KEY', message, hint, at }
  })
}

function notAllowed(
  { key, values: allowed }: Extract<Demand, { kind: 'allow' }>,
  { values }: GovernedContract,
  policyFile: string,
): Breach[] {
  const list = allowed.map((value) => `\`${value}\``).join(', ')
  return valuesOfKey(values, key.text, policyFile).flatMap(({ text, at, subject }) => {
    if (text === undefined || allowed.includes(text)) return []
    const meant = nearest(text, allowed)
    const message = `${subject}\`${inside(key.text, subject)}\` must be one of ${list}; found ${quote(text)}`
    const hint = meant === undefined ? 'Use one of these.' : `Did you mean \`${meant}\`?`
    return { code: 'POLICY_VALUE_NOT_ALLOWED', message, hint, at }
  })
}

/** A key as it is written where the message is about. */
function inside(key: string, subject: string): string {
  return subject === '' ? key : key.replace(/^[^.]*\./, '')
}

function tooManyRules(limit: number, { contract }: GovernedContract, policyFile: string): Breach[] {
  const own = [...contract.rules, ...contract.streamRules]
    .filter(({ at }) => at.file !== policyFile)
    .toSorted((a, b) => a.at.line - b.at.line)
  const first = own[limit]
  if (!first) return []
  const message = `the contract has ${own.length} rules; at most ${limit} are allowed`
  const hint = 'Leave out what nobody would act on, or split the contract by who relies on what.'
  return [{ code: 'POLICY_TOO_MANY_RULES', message, hint, at: first.at }]
}
