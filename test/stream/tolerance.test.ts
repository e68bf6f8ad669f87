import { describe, expect, test } from 'vitest'
import { topicOf } from '../engine/topics.ts'
import { MINUTE_MS, Play, SECOND_MS } from './play.ts'

const RULE = { id: 'positive', assert: 'n > 0' }
const TOLERANT = topicOf([
  { ...RULE, tolerance: { warn: '1%', fail: '10%', over: '15m', minimumEvents: 100 } },
])
const GOOD = { n: 1 }
const BAD = { n: 0 }
const good = () => GOOD
/** One in so many fails. */
const oneIn = (many: number) => (n: number) => (n % many === 0 ? BAD : GOOD)

describe('a rule with tolerance', () => {
  test('is warming up until enough was judged, then ok, and nobody is told', () => {
    const play = new Play(TOLERANT).pass(20 * SECOND_MS)
    expect(play.statusOf('positive')).toMatchObject({ status: 'warming_up', reason: 'warming_up' })
    play.flow(5 * MINUTE_MS, SECOND_MS, good).tick()
    expect(play.statusOf('positive')).toMatchObject({
      status: 'ok',
      measure: { bad: 0, judged: 300, bound: 0.1, overMs: 15 * MINUTE_MS },
    })
    expect(play.changes).toEqual([])
  })

  test('warns and breaches as soon as the share is above the bound', () => {
    const play = new Play(TOLERANT).flow(15 * MINUTE_MS, SECOND_MS, good)
    play.flow(5 * MINUTE_MS, SECOND_MS, oneIn(5))
    expect(play.announced('positive')).toEqual(['warning'])
    play.flow(10 * MINUTE_MS, SECOND_MS, oneIn(5))
    expect(play.announced('positive')).toEqual(['warning', 'breached'])
  })
})
