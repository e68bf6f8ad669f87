import { expect, test } from 'vitest'
import { EventContext } from '../../src/evaluate/context.ts'
import { EventTimes, FUTURE, UNREADABLE } from '../../src/stream/event-times.ts'
import { compiledContract, NOW_MS, recordOf } from '../evaluate/support.ts'

const context = new EventContext(recordOf(), NOW_MS)

function timesOf(fields: readonly (string | undefined)[]) {
  const { streamRules } = compiledContract(
    fields.map((field) => ({ volume: { over: '1m', min: 1, ...(field !== undefined && { field }) } })),
  )
  const times = new EventTimes(streamRules)
  const read = (event: unknown) => {
    times.read(event, context)
    return streamRules.map((rule) => {
      const place = times.placeOf(rule)
      return place === undefined ? 'by arrival' : times.times[place]
    })
  }
  return { read, times }
}

test('each rule finds the time that it names, and rules that name the same share it', () => {
  const { read, times } = timesOf(['at', undefined, 'meta.at', 'at', '$toMillis(text)'])
  expect(times.times).toHaveLength(3)
  expect(read({ at: NOW_MS, meta: { at: NOW_MS / 1000 - 60 }, text: '2025-06-01T00:00:00Z' })).toEqual([
    NOW_MS,
    'by arrival',
    NOW_MS - 60_000,
    NOW_MS,
    Date.UTC(2025, 5, 1),
  ])
})

test.each([
  ['text', new Date(NOW_MS).toISOString(), NOW_MS],
  ['a number', NOW_MS, NOW_MS],
  ['absent', undefined, UNREADABLE],
  ['null', null, UNREADABLE],
  ['a list', [NOW_MS, NOW_MS], UNREADABLE],
  ['an object', { seconds: 1 }, UNREADABLE],
  ['no time', 'soon', UNREADABLE],
  ['five minutes ahead', NOW_MS + 300_000, NOW_MS + 300_000],
  ['more than five minutes ahead', NOW_MS + 300_001, FUTURE],
  ['of 2099', '2099-01-01T00:00:00Z', FUTURE],
  ['of 1970', 0, 0],
])('a field that is %s', (_, at, time) => {
  const { read } = timesOf(['at'])
  read({ at: NOW_MS })
  expect(read(at === undefined ? {} : { at })).toEqual([time])
})

test.each([[null], [undefined], ['text'], [12], [[]], [[{ at: NOW_MS }, { at: NOW_MS }]]])(
  'an event that has no such field: %j',
  (event) => {
    expect(timesOf(['at']).read(event)).toEqual([UNREADABLE])
  },
)

test('an expression that fails gives no time', () => {
  expect(timesOf(['$toMillis(at)', '$number(at)', 'at.x[0] + 1']).read({ at: 'soon' })).toEqual([
    UNREADABLE,
    UNREADABLE,
    UNREADABLE,
  ])
})

test('without such rules, nothing is read', () => {
  const { read, times } = timesOf([undefined])
  expect(read({ at: NOW_MS })).toEqual(['by arrival'])
  expect(times.times).toHaveLength(0)
})
