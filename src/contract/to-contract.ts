import type { Check, Contract, LocatedText, Rule, StreamRule } from '../model/contract.ts'
import type { Location } from '../model/problem.ts'
import type { ContractValues, RuleValues } from './contract-values.ts'
import type { Read } from './shape.ts'
import { toStreamRule, toTolerance } from './to-stream-rule.ts'

/** From what stands in a file to the words of the model. */
export function toContract(file: string, read: ContractValues): Contract {
  const { id, topic, format, keyFormat, numbers } = read
  return {
    apiVersion: read.apiVersion.value,
    id: id.value,
    version: read.version.value,
    topic: topic.value,
    domain: read.domain.value,
    owner: read.owner.value,
    producer: toProducer(read.producer),
    consumers: (read.consumers?.value ?? []).map(({ value }) => value),
    description: read.description?.value,
    links: Object.fromEntries(valuesOf(read.links)),
    tags: Object.fromEntries(valuesOf(read.tags)),
    format: format.value,
    keyFormat: keyFormat.value,
    numbers: numbers.value,
    tombstones: read.tombstones.value,
    schemaFile: read.schemaFile?.value,
    schemaFrom: toRegisteredSchema(read),
    fields: toFields(read.fields),
    samples: (read.samples?.value.fields.value ?? []).map(({ value }) => value),
    promises: toPromises(read.promises),
    rules: toRules(read.rules),
    streamRules: toStreamRules(read.rules),
    file,
    at: {
      id: id.at,
      topic: topic.at,
      format: format.at ?? topic.at,
      keyFormat: keyFormat.at ?? topic.at,
      numbers: numbers.at ?? topic.at,
    },
  }
}

/** The rules about single events. */
export function toRules(rules: ContractValues['rules']): Rule[] {
  return rules.value.flatMap(({ value }) => toRule(value) ?? [])
}

function valuesOf<T>(mapping: Read<ReadonlyMap<string, Read<T>>> | undefined): [string, T][] {
  return [...(mapping?.value ?? [])].map(([name, { value }]) => [name, value])
}

function toRegisteredSchema({ schemaFrom, topic }: ContractValues): Contract['schemaFrom'] {
  if (schemaFrom === undefined) return undefined
  const { value, at } = schemaFrom
  if (value === 'registry') return { subject: `${topic.value}-value`, message: undefined, at }
  return { subject: value.registry.value, message: value.message?.value, at: value.registry.at }
}

function toProducer(producer: ContractValues['producer']): Contract['producer'] {
  return { team: producer?.value.team?.value, service: producer?.value.service?.value }
}

function toFields(fields: ContractValues['fields']): Contract['fields'] {
  return Object.fromEntries(
    valuesOf(fields).map(([path, { pii, description }]) => [
      path,
      { pii: pii?.value, description: description?.value },
    ]),
  )
}

function toPromises(promises: ContractValues['promises']): Contract['promises'] {
  const validity = promises?.value.validity?.value
  const freshness = promises?.value.freshness?.value
  return {
    validity: validity && { objective: validity.objective.value, window: validity.window.value },
    freshness: freshness && { rule: freshness.rule.value, objective: freshness.objective.value },
  }
}

/** The rules over the stream. */
export function toStreamRules(rules: ContractValues['rules']): StreamRule[] {
  return rules.value.flatMap(({ value }) => toStreamRule(value) ?? [])
}

function toRule(read: RuleValues): Rule | undefined {
  const check = toCheck(read.assert, read.schema)
  if (!check) return undefined
  return {
    id: read.id.value,
    description: read.description?.value,
    severity: read.severity.value,
    dimension: read.dimension.value,
    when: read.when?.value,
    missing: read.missing.value,
    engine: read.engine.value,
    check,
    mode: read.mode.value,
    tolerance: toTolerance(read.tolerance),
    ignore: new Map([...(read.ignore?.value ?? [])].map(([code, { at }]) => [code, at])),
    at: read.id.at,
  }
}

function toCheck(assert: Located, schema: Located): Check | undefined {
  if (assert) return { kind: 'assert', expression: assert.value }
  if (schema) return { kind: 'schema', path: schema.value }
  return undefined
}

type Located = Read<LocatedText, Location> | undefined
