import { describe, expect, test } from 'vitest'
import { compareOne, compareRule, oneContract } from './support.ts'

const A = { assert: 'price > 0' }
const PARIS = 'Europe/Paris'
const WEEKEND = { days: ['sat', 'sun'], timezone: PARIS }
const SHARES = { fail: '1%', over: '15m' }

function fresh(more: object = {}) {
  return { freshness: { within: '5m', ...more } }
}

function many(more: object = {}) {
  return { volume: { over: '5m', min: 100, ...more } }
}

function tolerant(tolerance: unknown) {
  return { ...A, tolerance }
}

/** What changes of a rule, its kind, base, head. */
const RULES: readonly (readonly [what: string, kind: string, base: object, head: object])[] = [
  ['a longer silence', 'loosened', fresh(), fresh({ within: '10m' })],
  ['a shorter silence', 'tightened', fresh(), fresh({ within: '60s' })],
  ['a time in the event', 'changed', fresh(), fresh({ field: 'occurred_at' })],
  ['another time in the event', 'changed', fresh({ field: 'a' }), fresh({ field: 'b' })],
  ['a calendar', 'loosened', fresh(), fresh({ except: [WEEKEND] })],
  ['a calendar less', 'tightened', fresh({ except: [WEEKEND] }), fresh()],
  [
    'shorter exempt hours',
    'tightened',
    fresh({ except: [{ hours: '22:00-06:00', timezone: PARIS }] }),
    fresh({ except: [{ hours: '23:00-05:00', timezone: PARIS }] }),
  ],
  [
    'exempt hours later in the night',
    'changed',
    fresh({ except: [{ hours: '22:00-06:00', timezone: PARIS }] }),
    fresh({ except: [{ hours: '23:00-07:00', timezone: PARIS }] }),
  ],
  [
    'another time zone',
    'changed',
    fresh({ except: [WEEKEND] }),
    fresh({ except: [{ ...WEEKEND, timezone: 'UTC' }] }),
  ],
  [
    'more exempt days',
    'loosened',
    many({ except: [{ days: ['sun'], timezone: PARIS }] }),
    many({ except: [WEEKEND] }),
  ],
  ['a higher minimum', 'tightened', many(), many({ min: 200 })],
  ['a lower minimum', 'loosened', many(), many({ min: 1 })],
  ['a maximum', 'tightened', many(), many({ max: 1000 })],
  ['a maximum less', 'loosened', many({ max: 1000 }), many()],
  ['a higher maximum', 'loosened', many({ max: 1000 }), many({ max: 2000 })],
  ['bounds that both move up', 'changed', many({ max: 1000 }), many({ min: 200, max: 2000 })],
  ['a longer window', 'changed', many(), many({ over: '1h' })],
  [
    'another lateness',
    'changed',
    many({ field: 'at', lateness: '1m' }),
    many({ field: 'at', lateness: '5m' }),
  ],
  ['freshness in place of volume', 'changed', many(), fresh()],
  ['freshness in place of an assertion', 'changed', A, fresh()],
  ['freshness of a lesser severity', 'loosened', fresh(), { ...fresh(), severity: 'warning' }],
  ['freshness with a description', 'metadata', fresh(), { ...fresh(), description: 'It flows.' }],
  ['a tolerance where fails were only counted', 'tightened', A, tolerant(SHARES)],
  ['no tolerance: fails are only counted', 'loosened', tolerant(SHARES), A],
  ['tolerance: none', 'tightened', tolerant(SHARES), tolerant('none')],
  ['a tolerance in place of none', 'loosened', tolerant('none'), tolerant(SHARES)],
  ['a smaller share', 'tightened', tolerant(SHARES), tolerant({ ...SHARES, fail: '0.5%' })],
  ['a larger share', 'loosened', tolerant(SHARES), tolerant({ ...SHARES, fail: '2%' })],
  ['a share for warnings', 'tightened', tolerant(SHARES), tolerant({ ...SHARES, warn: '0.1%' })],
  [
    'more events before a share counts',
    'loosened',
    tolerant(SHARES),
    tolerant({ ...SHARES, minimumEvents: 100 }),
  ],
  ['shares over another time', 'changed', tolerant(SHARES), tolerant({ ...SHARES, over: '1h' })],
  ['mode: shadow', 'loosened', A, { ...A, mode: 'shadow' }],
  ['mode: live', 'tightened', { ...fresh(), mode: 'shadow' }, fresh()],
]

test.each(RULES)('%s: %s', (_, kind, base, head) => {
  expect(compareRule(base, head)?.kind).toBe(kind)
})

test.each([
  ['five minutes in seconds', fresh(), fresh({ within: '300s' })],
  ['the usual number of events', tolerant(SHARES), tolerant({ ...SHARES, minimumEvents: 1 })],
  ['the usual lateness', many({ field: 'at' }), many({ field: 'at', lateness: '1m' })],
  ['mode: live', A, { ...A, mode: 'live' }],
])('%s, written out, is no difference', (_, base, head) => {
  expect(compareRule(base, head)).toBeUndefined()
})

function details(base: object, head: object) {
  return compareRule(base, head)?.details.map(({ text }) => text)
}

test('what differs is told as it could be written', () => {
  expect(details(fresh(), fresh({ within: '90s', except: [WEEKEND] }))).toEqual([
    '`freshness.within` is `90s`, was `5m`',
    '`freshness.except` `[{ days: [sat, sun], timezone: Europe/Paris }]` is new',
  ])
  expect(details(A, tolerant({ warn: '0.1%', fail: '1%', over: '15m', minimumEvents: 100 }))).toEqual([
    '`tolerance` `{ warn: 0.1%, fail: 1%, over: 15m, minimumEvents: 100 }` is new',
  ])
  expect(details(many(), fresh())).toEqual([
    'it is a check of freshness (`freshness: { within: 5m }`) now, it was a check of volume (`volume: { over: 5m, min: 100 }`)',
  ])
})

describe('a rule over the stream', () => {
  const rule = { id: 'r', ...A }

  test('that is new asks for more, and has no verdicts to compare', () => {
    const compared = compareOne(oneContract([rule]), oneContract([rule, { id: 'f', ...fresh() }]))
    expect(compared).toMatchObject({ kind: 'tightened', rules: [{ rule: 'f', kind: 'added' }] })
  })

  test('that is gone asks for less', () => {
    const compared = compareOne(oneContract([rule, { id: 'f', ...fresh() }]), oneContract([rule]))
    expect(compared).toMatchObject({ kind: 'loosened', rules: [{ rule: 'f', kind: 'removed' }] })
  })

  test('of another id that checks the same was renamed', () => {
    const compared = compareOne(
      oneContract([{ id: 'old', ...fresh({ within: '300s' }) }]),
      oneContract([{ id: 'new', ...fresh() }]),
    )
    expect(compared?.rules).toMatchObject([{ rule: 'new', formerly: 'old', kind: 'renamed' }])
  })
})

test.each([
  ['that is new', [], [{ id: 'f', ...fresh(), mode: 'shadow' }]],
  ['that is gone', [{ id: 'a', ...A, assert: 'a = 1', mode: 'shadow' }], []],
  [
    'that asks for more',
    [{ id: 'f', ...fresh(), mode: 'shadow' }],
    [{ id: 'f', ...fresh({ within: '1m' }), mode: 'shadow' }],
  ],
])('a rule in shadow %s changes nothing that the contract asks for', (_, base, head) => {
  const rule = { id: 'r', ...A }
  const compared = compareOne(oneContract([rule, ...base]), oneContract([rule, ...head]))
  expect(compared?.kind).toBe('metadata')
  expect(compared?.rules).toHaveLength(1)
})

test('without a tolerance a rule takes the bound of the promise, which may be more or less', () => {
  const promised = { promises: { validity: { objective: 99.9, window: '30d' } } }
  const base = oneContract([{ id: 'r', ...A }], promised)
  const head = oneContract([{ id: 'r', ...tolerant(SHARES) }], promised)
  expect(compareOne(base, head)?.rules[0]?.kind).toBe('changed')
})
