import type { Location } from '../../model/problem.ts'
import type { ContractValues, RuleValues } from '../contract-values.ts'
import type { Read } from '../shape.ts'
import type { LayerValues, PolicyFile } from './parse-policy.ts'

type Placed<T> = Read<T, Location | undefined>
type Layer = Read<LayerValues> | undefined

/**
 * A contract between the layers of its platform: what it says goes before the defaults, and the overrides go before it. Words go as a
 * whole; mappings (`links`, `tags`, `fields`), promises and rules are merged by name, and of two with one name the upper one is taken.
 */
export function mergeLayers(
  contract: Read<ContractValues>,
  { defaults, overrides }: Pick<PolicyFile, 'defaults' | 'overrides'>,
): Read<ContractValues> {
  if (!defaults && !overrides) return contract
  return { value: above(overrides, below(defaults, contract.value)), at: contract.at }
}

function below(layer: Layer, contract: ContractValues): ContractValues {
  if (!layer) return contract
  const { value } = layer
  return {
    ...contract,
    format: written(contract.format) ?? value.format ?? contract.format,
    tombstones: written(contract.tombstones) ?? value.tombstones ?? contract.tombstones,
    links: mergeNames(value.links, contract.links),
    tags: mergeNames(value.tags, contract.tags),
    fields: mergeNames(value.fields, contract.fields),
    promises: mergeKeys(value.promises, contract.promises),
    rules: mergeRules(value.rules, contract.rules, (rule) => ruleBelow(value.rule, rule)),
  }
}

function above(layer: Layer, contract: ContractValues): ContractValues {
  if (!layer) return contract
  const { value } = layer
  return {
    ...contract,
    format: value.format ?? contract.format,
    tombstones: value.tombstones ?? contract.tombstones,
    links: mergeNames(contract.links, value.links),
    tags: mergeNames(contract.tags, value.tags),
    fields: mergeNames(contract.fields, value.fields),
    promises: mergeKeys(contract.promises, value.promises),
    rules: replaceRules(contract.rules, value.rules, (rule) => ruleAbove(value.rule, rule)),
  }
}

/** A value that stands in a file; a default of the language stands nowhere. */
function written<T>(read: Placed<T>): Placed<T> | undefined {
  return read.at === undefined ? undefined : read
}

type Names<T> = Read<ReadonlyMap<string, T>> | undefined

function mergeNames<T>(lower: Names<T>, upper: Names<T>): Names<T> {
  if (!lower || !upper) return upper ?? lower
  return { value: new Map([...lower.value, ...upper.value]), at: upper.at }
}

type Keys<T> = Read<T> | undefined

function mergeKeys<T extends object>(lower: Keys<T>, upper: Keys<T>): Keys<T> {
  if (!lower || !upper) return upper ?? lower
  const given = Object.entries(upper.value).filter(([, value]) => value !== undefined)
  return { value: { ...lower.value, ...Object.fromEntries(given) }, at: upper.at }
}

type Rules = ContractValues['rules']
type RuleChange = (rule: Read<RuleValues>) => Read<RuleValues>

/** The contract's rules with what the layer below says of them, and those of the layer that the contract has not. */
function mergeRules(lower: LayerValues['rules'], own: Rules, change: RuleChange): Rules {
  const ids = idsOf(own.value)
  const added = (lower?.value ?? []).filter(({ value }) => !ids.has(value.id.value))
  return { value: [...own.value.map(change), ...added], at: own.at }
}

/** The rules with what the layer above says of them, but those of its own as they are. */
function replaceRules(rules: Rules, upper: LayerValues['rules'], change: RuleChange): Rules {
  const added = upper?.value ?? []
  const ids = idsOf(added)
  const kept = rules.value.filter(({ value }) => !ids.has(value.id.value))
  return { value: [...kept.map(change), ...added], at: rules.at }
}

function idsOf(rules: readonly Read<RuleValues>[]): ReadonlySet<string> {
  return new Set(rules.map(({ value }) => value.id.value))
}

function ruleBelow(layer: LayerValues['rule'], { value: rule, at }: Read<RuleValues>): Read<RuleValues> {
  const { severity, dimension, missing, tolerance, mode } = layer?.value ?? {}
  return {
    value: {
      ...rule,
      severity: written(rule.severity) ?? severity ?? rule.severity,
      dimension: written(rule.dimension) ?? dimension ?? rule.dimension,
      missing: rule.assert ? (written(rule.missing) ?? missing ?? rule.missing) : rule.missing,
      tolerance: isOfEvents(rule) ? (rule.tolerance ?? tolerance) : rule.tolerance,
      mode: written(rule.mode) ?? mode ?? rule.mode,
    },
    at,
  }
}

function ruleAbove(layer: LayerValues['rule'], { value: rule, at }: Read<RuleValues>): Read<RuleValues> {
  const { severity, dimension, missing, tolerance, mode } = layer?.value ?? {}
  return {
    value: {
      ...rule,
      severity: severity ?? rule.severity,
      dimension: dimension ?? rule.dimension,
      missing: rule.assert ? (missing ?? rule.missing) : rule.missing,
      tolerance: isOfEvents(rule) ? (tolerance ?? rule.tolerance) : rule.tolerance,
      mode: mode ?? rule.mode,
    },
    at,
  }
}

/** Rules over the stream have bounds of their own. */
function isOfEvents({ assert, schema }: RuleValues): boolean {
  return assert !== undefined || schema !== undefined
}
