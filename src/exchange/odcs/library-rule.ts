import { literal, literalList, regexLiteral } from '../jsonata-text.ts'
import { asList, asMapping, isMapping, type Mapping, numberOf, textOf, valueOf } from '../values.ts'
import { forEach, type Reach } from './field-path.ts'

/** The metrics of the library (open-data-contract-standard 3.2.0), and the ranges that examples of 3.0 have. */
export type Metric =
  'nullValues' | 'missingValues' | 'invalidValues' | 'duplicateValues' | 'rowCount' | 'range'

/** Names that `rule` has in 3.0, where they were open. */
const NAMES_OF_3_0: Readonly<Record<string, Metric>> = {
  nullCheck: 'nullValues',
  nullCount: 'nullValues',
  notNull: 'nullValues',
  missingCount: 'missingValues',
  missingCheck: 'missingValues',
  validValues: 'invalidValues',
  invalidCount: 'invalidValues',
  validCheck: 'invalidValues',
  duplicateCount: 'duplicateValues',
  duplicateCheck: 'duplicateValues',
  uniqueCheck: 'duplicateValues',
  unique: 'duplicateValues',
  countCheck: 'rowCount',
  between: 'range',
  minCheck: 'range',
  maxCheck: 'range',
}

const METRICS = ['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount'] as const

/** The metric that a name stands for; the older names only where they are asked for. */
export function metricOf(name: string, withOlderNames: boolean): Metric | undefined {
  const metric = METRICS.find((one) => one === name)
  if (metric !== undefined || !withOlderNames) return metric
  return Object.hasOwn(NAMES_OF_3_0, name) ? NAMES_OF_3_0[name] : undefined
}

export function isMetricOfLibrary(name: string): boolean {
  return METRICS.some((one) => one === name)
}

/** An assertion about each event, or why there is none. */
export type LibraryAssertion =
  { readonly assert: string; readonly when?: string | undefined } | { readonly reason: string }

/** What a metric of which no event may be counted says of each event. */
export function assertionOf(
  metric: Exclude<Metric, 'rowCount'>,
  rule: Mapping,
  reach: Reach,
): LibraryAssertion {
  switch (metric) {
    case 'nullValues':
      return { assert: forEach(reach, `${reach.field} != null`) }
    case 'missingValues':
      return notMissing(rule, reach)
    case 'invalidValues':
      return valid(rule, reach)
    case 'range':
      return inRange(rule, reach)
    case 'duplicateValues':
      return {
        reason: 'that no two events are alike needs a rule with `unique`, which this version can’t judge yet',
      }
  }
}

/** Without a list, what is null is missing; with one, what it holds. */
function notMissing(rule: Mapping, reach: Reach): LibraryAssertion {
  const listed = valueOf(asMapping(valueOf(rule, 'arguments')), 'missingValues')
  const values = listed === undefined ? [null] : asList(listed)
  const others = literalList(values.filter((value) => value !== null))
  if (others === undefined) return { reason: 'its `missingValues` hold something other than plain values' }
  const isThere = values.includes(null) ? [`${reach.field} != null`] : []
  const isOther = others === '[]' ? [] : [`$not(${reach.field} in ${others})`]
  const conditions = [...isThere, ...isOther]
  return conditions.length === 0
    ? { reason: 'its list of `missingValues` is empty, so nothing counts as missing' }
    : { assert: forEach(reach, conditions.join(' and ')) }
}

/** What is null or not there is missing, not invalid. */
function valid(rule: Mapping, reach: Reach): LibraryAssertion {
  const values = argument(rule, 'validValues')
  const pattern = argument(rule, 'pattern')
  const list = Array.isArray(values) ? literalList(values) : undefined
  if (values !== undefined && list === undefined)
    return { reason: 'its `validValues` are no list of plain values' }
  const conditions = [
    ...(list === undefined ? [] : [`${reach.field} in ${list}`]),
    ...(typeof pattern === 'string' ? [`$contains(${reach.field}, ${regexLiteral(pattern)})`] : []),
  ]
  if (conditions.length === 0) {
    return {
      reason:
        'it has neither `validValues` nor `pattern`; what the property’s type says is in the schema rule',
    }
  }
  return ifThere(reach, conditions.join(' and '))
}

function inRange(rule: Mapping, reach: Reach): LibraryAssertion {
  const bounds = [
    [literal(customNumber(rule, 'min')), '>='],
    [literal(customNumber(rule, 'max')), '<='],
  ].flatMap(([bound, operator]) => (bound === undefined ? [] : [`${reach.field} ${operator} ${bound}`]))
  return bounds.length === 0
    ? { reason: 'it has neither `min` nor `max` among its `customProperties`' }
    : ifThere(reach, bounds.join(' and '))
}

function ifThere(reach: Reach, condition: string): LibraryAssertion {
  if (reach.list === undefined) return { assert: condition, when: `${reach.field} != null` }
  return {
    assert: forEach(reach, `${reach.field} = null or $not($exists(${reach.field})) or (${condition})`),
  }
}

/** An argument; some write it beside `arguments`, as 3.0 had it and an example of the documentation still does. */
function argument(rule: Mapping, name: string): unknown {
  return valueOf(asMapping(valueOf(rule, 'arguments')), name) ?? valueOf(rule, name)
}

/** Arguments that stand beside `arguments` instead of in it. */
export function strayArguments(rule: Mapping): readonly string[] {
  return ['validValues', 'missingValues', 'pattern'].filter((name) => Object.hasOwn(rule, name))
}

function customNumber(rule: Mapping, name: string): number | undefined {
  const found = asList(valueOf(rule, 'customProperties')).find(
    (one) => isMapping(one) && textOf(one, 'property') === name,
  )
  return isMapping(found) ? numberOf(found, 'value') : undefined
}
