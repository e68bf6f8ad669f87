import { describe, expect, test } from 'vitest'
import { SEVERITIES } from '../../src/model/contract.ts'
import { RECOGNISED, REJECT_REASONS } from '../../src/model/record.ts'
import { normaliseTagValue } from '../../src/model/tag.ts'
import { EVENT_RESULTS, VERDICTS } from '../../src/model/verdict.ts'
import { CATALOGUE, GLOBAL_TAGS } from '../../src/telemetry/catalogue.ts'
import type { MetricRow } from '../../src/telemetry/catalogue.ts'

const ROWS = Object.entries<MetricRow>(CATALOGUE)

/** Datadog's rule for names of metrics, and our own that they begin with `dq.`. */
const METRIC_NAME = /^dq\.[a-z][a-z0-9_.]{0,196}$/
/** Tags whose keys Datadog gives a meaning of its own, so that ours would be mixed with it. */
const RESERVED_TAGS = ['host', 'device', 'source', ...GLOBAL_TAGS]

describe.each(ROWS)('%s', (name, { type, tags, values, help, seriesBound, zero }) => {
  test('has a name that Datadog keeps as it is', () => {
    expect(name).toMatch(METRIC_NAME)
    expect(name).not.toMatch(/__|\.\.|[_.]$/)
  })

  test('has tags that Datadog keeps as they are, each once, and none that is reserved', () => {
    for (const tag of tags) expect(tag).toMatch(/^[a-z][a-z_]*$/)
    expect(new Set(tags).size).toBe(tags.length)
    expect(tags.filter((tag) => RESERVED_TAGS.includes(tag))).toEqual([])
  })

  test('has closed sets for tags that it has, with values that stay as they are', () => {
    for (const [tag, set] of Object.entries(values ?? {})) {
      expect(tags).toContain(tag)
      expect(set.map(normaliseTagValue)).toEqual(set)
    }
  })

  test('says which series begins with a 0, if it is a count', () => {
    if (type !== 'count') return expect(zero).toBeUndefined()
    const set = values?.[tags.at(-1) ?? '']
    if (zero !== 'never') expect(set ?? ['once']).toContain(zero)
  })

  test('says what it means and how many series it can have', () => {
    expect(help).toMatch(/[.)]$/)
    expect(seriesBound).not.toBe('')
  })
})

test.each([
  ['dq.events', 'result', EVENT_RESULTS],
  ['dq.rule.evaluations', 'result', VERDICTS],
  ['dq.rule.evaluations', 'severity', SEVERITIES],
  ['dq.records.rejected', 'reason', REJECT_REASONS],
  ['dq.records.recognised', 'format', RECOGNISED],
])('%s: the values of %s are those that the code can give', (name, tag, known) => {
  expect(ROWS.find(([found]) => found === name)?.[1].values?.[tag]).toEqual(known)
})

test('names stay apart under Prometheus names', () => {
  const names = ROWS.map(([name]) => name.replaceAll('.', '_'))
  expect(new Set(names).size).toBe(names.length)
})
