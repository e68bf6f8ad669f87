import { expect, test } from 'vitest'
import { currentSeries } from '../../src/telemetry/current-series.ts'
import { topicOf } from '../engine/topics.ts'

const CONTRACT = {
  domain: 'ads',
  team: 'team-search',
  contract: 'ads.ad-published',
  topic: 'ads.ad-published.v1',
}

const isCurrent = currentSeries([
  topicOf([
    { id: 'positive', assert: 'n > 0' },
    { id: 'flows', severity: 'warning', freshness: { within: '5m' } },
  ]),
])

test.each([
  [{ domain: 'ads' }],
  [{ domain: 'ads', topic: CONTRACT.topic }],
  [CONTRACT],
  [{ ...CONTRACT, promise: 'validity' }],
  [{ ...CONTRACT, rule: 'positive' }],
  [{ ...CONTRACT, rule: 'positive', severity: 'error', result: 'fail' }],
  [{ ...CONTRACT, rule: 'flows', severity: 'warning', result: 'fail' }],
  [{ ...CONTRACT, rule: 'other', severity: 'info' }],
])('%j is of the rules', (tags) => {
  expect(isCurrent(tags)).toBe(true)
})

test.each([
  [{ domain: 'ads', topic: 'gone' }],
  [{ ...CONTRACT, team: 'team-before' }],
  [{ ...CONTRACT, contract: 'gone' }],
  [{ ...CONTRACT, rule: 'gone' }],
  [{ ...CONTRACT, rule: 'positive', severity: 'warning' }],
])('%j is of none', (tags) => {
  expect(isCurrent(tags)).toBe(false)
})
