import { expect, test } from 'vitest'
import { topicOf } from '../engine/topics.ts'
import { MINUTE_MS, Play, SECOND_MS } from './play.ts'

const good = () => ({ n: 1 })
const play = () => new Play(topicOf([{ id: 'enough', volume: { over: '5m', min: 100 } }]))

test('a rate that swings around its bound from window to window is one breach', () => {
  const played = play().flow(20 * MINUTE_MS, SECOND_MS, good)
  for (let round = 0; round < 12; round++) {
    played.flow(5 * MINUTE_MS, 10 * SECOND_MS, good).flow(5 * MINUTE_MS, SECOND_MS, good)
  }
  expect(played.announced('enough')).toEqual(['breached'])
})

test('a breach ends with the second window in a row that is within its bounds', () => {
  const played = play().flow(20 * MINUTE_MS, SECOND_MS, good)
  played.flow(10 * MINUTE_MS, 10 * SECOND_MS, good).flow(9 * MINUTE_MS, SECOND_MS, good)
  expect(played.statusOf('enough')).toMatchObject({ status: 'breached', reason: 'too_few_events' })
  played.flow(2 * MINUTE_MS, SECOND_MS, good)
  expect(played.statusOf('enough')).toMatchObject({ status: 'ok', reason: 'within_bounds' })
  expect(played.announced('enough')).toEqual(['breached', 'ok'])
})
