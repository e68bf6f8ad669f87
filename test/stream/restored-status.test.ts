import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { packStatuses, unpackStatuses } from '../../src/stream/restored-status.ts'
import type { RestoredStatus } from '../../src/stream/restored-status.ts'

const SINCE_MS = Date.UTC(2025, 5, 2, 8)

function restored(name: string, more: Partial<RestoredStatus> = {}): RestoredStatus {
  return { contract: 'ads.ad-published', kind: 'rule', name, status: 'breached', sinceMs: SINCE_MS, ...more }
}

const anyStatus: fc.Arbitrary<RestoredStatus> = fc.record({
  contract: fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,30}$/),
  kind: fc.constantFrom('rule', 'promise'),
  name: fc.stringMatching(/^[a-z][a-z0-9_]{0,30}$/),
  status: fc.constantFrom('warning', 'breached', 'not_applied'),
  sinceMs: fc.nat({ max: 4_000_000_000 }).map((seconds) => seconds * 1000),
})

describe('statuses in the metadata of a commit', () => {
  test('are what was put in, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anyStatus, { maxLength: 15 }), (statuses) => {
        const read = unpackStatuses(packStatuses(statuses))
        expect(new Set(read.map((status) => JSON.stringify(status)))).toEqual(
          new Set(statuses.map((status) => JSON.stringify(status))),
        )
      }),
    )
  })

  test('are compact ASCII', () => {
    expect(
      packStatuses([restored('positive'), restored('validity', { kind: 'promise', status: 'warning' })]),
    ).toBe(
      '{"assay":1,"statuses":{"ads.ad-published":[["positive","b",1748851200],["#validity","w",1748851200]]}}',
    )
    expect(packStatuses([restored('é')])).toMatch(/^[\x20-\x7e]+$/)
    expect(unpackStatuses(packStatuses([restored('é')]))).toEqual([restored('é')])
    expect(packStatuses([])).toBe('')
    expect(packStatuses([restored('fine', { status: 'ok' })])).toBe('')
  })

  test('never exceed their bound; breaches stay before others, and older ones before newer ones', () => {
    fc.assert(
      fc.property(
        fc.array(anyStatus, { maxLength: 60 }),
        fc.integer({ min: 0, max: 1500 }),
        (statuses, bound) => {
          const packed = packStatuses(statuses, bound)
          expect(packed.length).toBeLessThanOrEqual(bound)
          expect(unpackStatuses(packed).length).toBeLessThanOrEqual(statuses.length)
        },
      ),
    )
    const many = Array.from({ length: 400 }, (_, index) =>
      restored(`rule_${index}`, {
        status: index % 2 === 0 ? 'breached' : 'not_applied',
        sinceMs: SINCE_MS - index * 1000,
      }),
    )
    const kept = unpackStatuses(packStatuses(many))
    expect(kept.length).toBeGreaterThan(100)
    expect(kept.every(({ status }) => status === 'breached')).toBe(true)
    expect(kept[0]?.name).toBe('rule_398')
  })

  test.each([
    '',
    'assay',
    '{',
    'null',
    '[]',
    '{"assay":2,"statuses":{"a":[["b","b",1]]}}',
    '{"assay":1}',
    '{"assay":1,"statuses":[]}',
    '{"assay":1,"statuses":{"a":7}}',
    '{"assay":1,"statuses":{"a":[7,["b"],["b","x",1],["b","b","1"],[1,"b",1],null]}}',
  ])('that others wrote hold none: %s', (metadata) => {
    expect(unpackStatuses(metadata)).toEqual([])
  })
})
