import { expect, test } from 'vitest'
import { boardOf, events, gauge, verdicts } from './lines.ts'

test('counts add up by rule and by contract', () => {
  const board = boardOf([
    verdicts('positive', 'pass', 3),
    verdicts('positive', 'fail', 1),
    verdicts('positive', 'pass', 4),
    verdicts('positive', 'skip', 2, 'other'),
    events('c', 'fail', 1),
    events('c', 'fail', 2),
  ])
  expect(board.rules).toEqual([
    { contract: 'c', rule: 'positive', pass: 7, fail: 1, error: 0, skip: 0 },
    { contract: 'other', rule: 'positive', pass: 0, fail: 0, error: 0, skip: 2 },
  ])
  expect(board.contracts).toMatchObject([{ contract: 'c', topic: 't', fail: 3, pass: 0 }])
})

test('a record counts as judged when every contract of its topic has judged it', () => {
  const board = boardOf([
    events('a', 'pass', 10),
    events('b', 'pass', 6),
    events('b', 'undecodable', 1),
    events('of-another-topic', 'tombstone', 5, 'u'),
  ])
  expect(board.judgedRecords).toBe(7 + 5)
})

test('lag is the sum over partitions, its time the longest, and what is not sent is unknown', () => {
  const board = boardOf([
    gauge('dq.consumer.lag_offsets', 100, 'topic:t,partition:0'),
    gauge('dq.consumer.lag_offsets', 20, 'topic:t,partition:1'),
    gauge('dq.consumer.lag_offsets', 5, 'topic:t,partition:0'),
    gauge('dq.consumer.lag_seconds', 3, 'topic:t,partition:0'),
    gauge('dq.consumer.lag_seconds', 2, 'topic:t,partition:1'),
    gauge('dq.topic.event_age', 0.5, 'topic:u,contract:c'),
  ])
  expect(board.topics).toEqual([
    { topic: 't', lagOffsets: 25, lagSeconds: 3, eventAgeSeconds: undefined },
    { topic: 'u', lagOffsets: undefined, lagSeconds: undefined, eventAgeSeconds: 0.5 },
  ])
  expect(board.highestLagOffsets).toBe(120)
})

test('undecodable records are counted by reason, and other metrics not at all', () => {
  const board = boardOf([
    'dq.records.rejected:2|c|#topic:t,reason:not_json',
    'dq.records.rejected:1|c|#topic:u,reason:not_json',
    'dq.heartbeat:1|c|#contract:c',
  ])
  expect([...board.rejected]).toEqual([['not_json', 3]])
  expect(board.contracts).toEqual([])
})
