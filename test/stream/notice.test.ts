import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import type { Contract } from '../../src/model/contract.ts'
import { NO_MEASURE, STATUS_REASONS, STATUSES } from '../../src/model/status.ts'
import type { StatusChange, StatusSubject } from '../../src/model/status.ts'
import { toNotice } from '../../src/stream/notice.ts'
import { durationText, percentText } from '../../src/stream/wording.ts'
import { contractOf } from '../evaluate/support.ts'
import { MINUTE_MS, START_MS } from './play.ts'

const HEAD = {
  producer: { team: 'team-ads', service: 'ad-publisher' },
  consumers: ['search-indexer', 'crm-mailer'],
  description: 'What search assumes about published ads.',
  links: { runbook: 'https://wiki.example.org/ads' },
  promises: { validity: { objective: 99.9, window: '30d' } },
}
const CONTRACT = contractOf(
  [
    {
      id: 'price_is_positive',
      description: 'An active ad has a price above zero: 0 € is “free”, which the index can’t show.',
      when: 'status = "active"',
      assert: 'price > 0',
      tolerance: { warn: '0.1%', fail: '1%', over: '15m', minimumEvents: 100 },
    },
    { id: 'never_fails', assert: 'true', tolerance: 'none' },
    { id: 'flows', freshness: { within: '5m' } },
    { id: 'volume', volume: { over: '5m', min: 100 } },
  ],
  HEAD,
)

function changeOf(
  rule: string,
  check: 'assert' | 'freshness' | 'volume',
  more: Partial<StatusChange>,
): StatusChange {
  return {
    contract: CONTRACT.id,
    subject: { kind: 'rule', rule, severity: 'error', dimension: 'accuracy', check },
    status: 'breached',
    from: 'ok',
    reason: 'too_many_fails',
    measure: NO_MEASURE,
    sinceMs: START_MS,
    atMs: START_MS,
    ...more,
  }
}

const BREACH = changeOf('price_is_positive', 'assert', {
  measure: { ...NO_MEASURE, bad: 137, judged: 1204, bound: 0.01, overMs: 15 * MINUTE_MS },
})

const keyOf = (rule: string) =>
  toNotice(changeOf(rule, 'assert', {}), { ...CONTRACT, id: 'c'.repeat(100) }).aggregationKey

describe('a notice', () => {
  test('says what broke, since when, how many of how many, what to do, when it ends, and who is concerned', () => {
    const notice = toNotice(BREACH, CONTRACT)
    expect(notice.title).toBe('Breached: price_is_positive of ads.ad-published')
    expect(notice.text.split('\n')).toEqual([
      'An active ad has a price above zero: 0 EUR is "free", which the index can\'t show.',
      '137 of 1204 events were bad (11.4%) in the last 15 min; at most 1% may be.',
      'Since: 2025-06-02 08:00:00 UTC, before: ok',
      'What to do: ask team-ads, ad-publisher what changed; `assay explain` shows on an event why it fails.',
      'Runbook: https://wiki.example.org/ads',
      'It recovers when the share has been at or below 0.9% in two judgements at least 1 min 30 s apart.',
      'Owner: team-search',
      'Producer: team-ads, ad-publisher',
      'Relied on by: search-indexer, crm-mailer',
      'Topic: ads.ad-published.v1',
    ])
    expect(notice).toMatchObject({
      aggregationKey: 'ads.ad-published/price_is_positive',
      alertType: 'error',
      tags: {
        domain: 'ads',
        team: 'team-search',
        rule: 'price_is_positive',
        severity: 'error',
        status: 'breached',
      },
      fields: { rule: 'price_is_positive', bad: 137, judged: 1204, since: '2025-06-02T08:00:00.000Z' },
    })
    expect(Object.values(notice.fields)).not.toContain(undefined)
  })

  test.each<[string, StatusChange, string, string]>([
    ['of a warning', { ...BREACH, status: 'warning' }, 'warning', 'at or below 0.09%'],
    [
      'of a recovery',
      { ...BREACH, status: 'ok', from: 'breached', reason: 'within_bounds' },
      'success',
      'before: breached',
    ],
    [
      'of a rule that must never fail',
      changeOf('never_fails', 'assert', {
        reason: 'failed',
        measure: { ...NO_MEASURE, bad: 1, judged: 9, bound: 0, overMs: 15 * MINUTE_MS },
      }),
      'error',
      'none may be.',
    ],
    [
      'of silence',
      changeOf('flows', 'freshness', {
        reason: 'silent',
        measure: { ...NO_MEASURE, ageMs: 400_000, bound: 300_000 },
      }),
      'error',
      'No event for 6 min 40 s; one is expected within 5 min.',
    ],
    [
      'of a topic without events',
      changeOf('flows', 'freshness', { reason: 'never_seen', measure: { ...NO_MEASURE, bound: 300_000 } }),
      'error',
      'No event has ever been seen',
    ],
    [
      'of a window with few events',
      changeOf('volume', 'volume', {
        reason: 'too_few_events',
        measure: { ...NO_MEASURE, events: 1, bound: 100, overMs: 300_000 },
      }),
      'error',
      '1 event in the last window of 5 min; at least 100 are expected.',
    ],
    [
      'of a rule that no longer applies',
      { ...BREACH, status: 'not_applied', reason: 'never_applies' },
      'warning',
      'one may have been renamed',
    ],
    [
      'of a promise',
      {
        ...BREACH,
        subject: { kind: 'promise', promise: 'validity' },
        measure: { ...BREACH.measure, budgetLeft: -0.5 },
      },
      'error',
      'the error budget is overspent',
    ],
  ])('%s', (_, change, alertType, says) => {
    const notice = toNotice(change, CONTRACT)
    expect(notice.alertType).toBe(alertType)
    expect(notice.text).toContain(says)
  })

  test('of any change of any contract is printable ASCII, short enough for a datagram, and its key fits', () => {
    const subject: fc.Arbitrary<StatusSubject> = fc.oneof(
      fc.record({
        kind: fc.constant('rule' as const),
        rule: fc.oneof(fc.constantFrom('price_is_positive', 'flows'), fc.stringMatching(/^[a-z]{1,100}$/)),
        severity: fc.constantFrom('error', 'warning', 'info'),
        dimension: fc.constant('accuracy' as const),
        check: fc.constantFrom('assert', 'schema', 'freshness', 'volume'),
      }),
      fc.record({ kind: fc.constant('promise' as const), promise: fc.constantFrom('validity', 'freshness') }),
    )
    const number = fc.option(fc.double({ noNaN: true }), { nil: undefined })
    const change = fc.record({
      contract: fc.constant(CONTRACT.id),
      subject,
      status: fc.constantFrom(...STATUSES),
      from: fc.option(fc.constantFrom(...STATUSES), { nil: undefined }),
      reason: fc.constantFrom(...STATUS_REASONS),
      measure: fc.record({
        bad: number,
        judged: number,
        events: number,
        ageMs: number,
        bound: number,
        overMs: number,
        budgetLeft: number,
      }),
      sinceMs: fc.option(fc.nat({ max: 4e12 }), { nil: undefined }),
      atMs: fc.nat({ max: 4e12 }),
    })
    const text = fc.string({ unit: 'grapheme', maxLength: 400 })
    fc.assert(
      fc.property(change, text, fc.array(text, { maxLength: 20 }), (changed, words, names) => {
        const contract: Contract = {
          ...CONTRACT,
          id: 'x'.repeat(100),
          description: words,
          owner: words,
          consumers: names,
          producer: { team: words, service: words },
        }
        const notice = toNotice(changed, contract)
        expect(notice.title).toMatch(/^[\x20-\x7e]{1,210}$/)
        expect(notice.text).toMatch(/^[\x20-\x7e\n]{1,1000}$/)
        expect(notice.aggregationKey).toMatch(/^[\x20-\x7e]{1,100}$/)
        expect(JSON.stringify(notice.fields)).not.toContain('undefined')
      }),
      { numRuns: 300 },
    )
  })

  test('of two long names that begin alike has two keys', () => {
    expect(keyOf('price_is_positive')).not.toBe(keyOf('never_fails'))
  })
})

test.each([
  [0, '0 s'],
  [999, '999 ms'],
  [1500, '1 s'],
  [60_000, '1 min'],
  [90_000, '1 min 30 s'],
  [3_600_000, '1 h'],
  [93_600_000, '1 d 2 h'],
])('%i ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

test.each([
  [0, '0%'],
  [0.001, '0.1%'],
  [0.11379, '11.4%'],
  [0.99999, '99.9%'],
  [1, '100%'],
])('a share of %d is %s', (share, text) => {
  expect(percentText(share)).toBe(text)
})
