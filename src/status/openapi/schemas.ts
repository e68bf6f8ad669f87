import { DIMENSIONS, MODES, SEVERITIES } from '../../model/contract.ts'
import { CONTRACT_STATES } from '../../model/status-report.ts'
import { STATUS_REASONS, STATUSES } from '../../model/status.ts'
import { EVENT_RESULTS, VERDICTS } from '../../model/verdict.ts'

/** A part of a JSON Schema. */
export type SchemaPart = Readonly<Record<string, unknown>>
type Parts = Readonly<Record<string, SchemaPart>>

/** A closed set of keys: those of the second argument may be left out, for what is unknown is not told. */
export function object(required: Parts, optional: Parts = {}): SchemaPart {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  }
}

export function ref(name: string): SchemaPart {
  return { $ref: `#/components/schemas/${name}` }
}

function list(items: SchemaPart): SchemaPart {
  return { type: 'array', items }
}

function text(description?: string): SchemaPart {
  return description === undefined ? { type: 'string' } : { type: 'string', description }
}

function oneOf(values: readonly string[]): SchemaPart {
  return { type: 'string', enum: values }
}

function number(description: string): SchemaPart {
  return { type: 'number', description }
}

const COUNT = { type: 'integer', minimum: 0 } as const
const SHARE = { type: 'number', minimum: 0, maximum: 1, description: 'a share, 0 to 1' } as const
const FLAG = { type: 'boolean' } as const
const INSTANT = number('milliseconds since 1970')
const LENGTH = number('milliseconds')
const TEXTS_BY_NAME = { type: 'object', additionalProperties: text() } as const

function counts(names: readonly string[]): SchemaPart {
  return object(Object.fromEntries(names.map((name) => [name, COUNT])))
}

const LAG: Parts = {
  lagOffsets: { ...COUNT, description: 'records that our verdicts are behind' },
  lagSeconds: number('how late our verdicts are'),
}

/** What changes from flush to flush. */
const CHANGING: Parts = {
  id: text(),
  state: oneOf(CONTRACT_STATES),
  because: text('why it stands so, in a sentence'),
  isHere: { ...FLAG, description: 'whether this instance judges the topic, or a part of it' },
  events: { ...ref('EventCounts'), description: 'since the start of the process' },
  failing: { ...COUNT, description: 'rules that failed or could not judge, in the buckets of the trend' },
}
const CHANGING_OPTIONAL: Parts = {
  sinceMs: INSTANT,
  passRate: { ...SHARE, description: 'good records of all that count, in the buckets of the trend' },
  ...LAG,
  eventAgeSeconds: number('how silent the producer is'),
}
const SUMMARY: Parts = {
  ...CHANGING,
  version: text(),
  topic: text(),
  owner: text(),
  producer: object({}, { team: text(), service: text() }),
  consumers: list(text()),
  trend: ref('Trend'),
  rules: COUNT,
}
const FLUSH: Parts = { atMs: INSTANT, flush: { ...COUNT, description: 'number of the flush' } }
const REPORT: Parts = {
  domain: text(),
  ...FLUSH,
  flushIntervalMs: LENGTH,
  instance: ref('Instance'),
  ruleSet: ref('RuleSet'),
}

/** What the answers of the API consist of, by name. */
export const SCHEMAS: Parts = {
  EventCounts: counts(EVENT_RESULTS),
  VerdictCounts: counts(VERDICTS),
  Trend: {
    ...object({ good: list(COUNT), bad: list(COUNT) }),
    description: 'records by flush interval, the oldest first; bad ones count against validity',
  },
  Partition: object({ topic: text(), partition: COUNT, position: COUNT, isHeld: FLAG }, LAG),
  Instance: object({
    id: text(),
    group: text(),
    version: text(),
    startedAtMs: INSTANT,
    live: FLAG,
    ready: FLAG,
    reason: text(),
    partitions: list(ref('Partition')),
  }),
  RuleSet: object(
    { hash: text(), loadedAtMs: INSTANT, contracts: COUNT, rules: COUNT },
    { reloadError: object({ atMs: INSTANT, message: text() }) },
  ),
  Measure: object(
    {},
    {
      bad: COUNT,
      judged: COUNT,
      events: COUNT,
      ageMs: LENGTH,
      bound: number('a share, a number of events or milliseconds, by the kind of the check'),
      overMs: LENGTH,
      budgetLeft: number('share of the error budget that is left; below 0 it is overspent'),
    },
  ),
  Standing: object(
    { status: oneOf(STATUSES), reason: oneOf(STATUS_REASONS), measure: ref('Measure'), says: text() },
    { sinceMs: INSTANT },
  ),
  Rule: object(
    {
      id: text(),
      severity: oneOf(SEVERITIES),
      dimension: oneOf(DIMENSIONS),
      check: oneOf(['assert', 'schema', 'freshness', 'volume']),
      mode: oneOf(MODES),
      text: text('what it checks'),
      isSuspended: FLAG,
    },
    {
      description: text(),
      when: text(),
      standing: ref('Standing'),
      counts: { ...ref('VerdictCounts'), description: 'since the start of the process' },
      recent: { ...ref('VerdictCounts'), description: 'in the buckets of the trend' },
    },
  ),
  Promise: object(
    { promise: oneOf(['validity', 'freshness']), objective: number('per cent'), of: text() },
    { standing: ref('Standing') },
  ),
  Field: object(
    { path: text(), isShown: { ...FLAG, description: 'whether samples may show its values' } },
    { pii: oneOf(['high', 'low', 'none']), description: text() },
  ),
  Violation: object(
    {
      contract: text(),
      result: oneOf(['fail', 'error', 'undecodable']),
      reason: text(),
      message: text('never holds a value of the event'),
      topic: text(),
      partition: COUNT,
      offset: COUNT,
      timestampMs: INSTANT,
      judgedAtMs: INSTANT,
      values: list(object({ path: text(), text: text() })),
      explanation: list(object({ text: text(), depth: COUNT, outcome: text() })),
    },
    { rule: text(), path: text(), keyHash: text('keyed hash of the record’s key') },
  ),
  Summary: object(SUMMARY, CHANGING_OPTIONAL),
  News: object({ ...CHANGING, good: COUNT, bad: COUNT }, CHANGING_OPTIONAL),
  StatusNews: object({ ...REPORT, contracts: list(ref('News')) }),
  Status: object({ ...REPORT, contracts: list(ref('Summary')) }),
  Contract: object(
    {
      ...FLUSH,
      ...SUMMARY,
      file: text(),
      links: TEXTS_BY_NAME,
      tags: TEXTS_BY_NAME,
      promises: list(ref('Promise')),
      ruleReports: list(ref('Rule')),
      fields: list(ref('Field')),
      violations: list(ref('Violation')),
    },
    { ...CHANGING_OPTIONAL, description: text() },
  ),
  Violations: object({ ...FLUSH, violations: list(ref('Violation')) }),
  Catalogue: object({
    domain: text(),
    contracts: list(
      object({
        id: text(),
        topic: text(),
        owner: text(),
        producer: text(),
        consumers: list(text()),
        description: text(),
        rules: list(object({ id: text(), description: text() })),
        fields: list(text()),
      }),
    ),
  }),
  Refusal: object({ status: text(), reason: text() }),
}
