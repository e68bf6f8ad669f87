import { expect, test } from 'vitest'
import { AD_TOPIC, generateAds } from '../../tools/ads/events.ts'
import { Board } from '../../tools/demo/board.ts'
import { checkEnding, type Ending } from '../../tools/demo/checks.ts'
import { createLedger } from '../../tools/demo/ledger.ts'
import { isAsItShouldBe } from '../../tools/demo/summary.ts'
import { events, tell, verdicts } from './lines.ts'

const NOW_MS = Date.parse('2026-03-02T08:00:00.000Z')

/** A demo of 100 ads in which everything went well. */
function goodEnding(): Ending {
  const ledger = createLedger(NOW_MS)
  for (const record of generateAds({ seed: 1, count: 100, baseTimeMs: NOW_MS, undecodableEvery: 40 })) {
    ledger.take({ ...record, topic: AD_TOPIC })
  }
  const board = new Board()
  for (const [contract, counts] of ledger.expected) {
    for (const [result, count] of Object.entries(counts.events))
      tell(board, [events(contract, result, count)])
    for (const [rule, ofRule] of Object.entries(counts.rules)) {
      for (const [result, count] of Object.entries(ofRule))
        tell(board, [verdicts(rule, result, count, contract)])
    }
  }
  const commits = [{ topic: AD_TOPIC, partition: 0, end: 100, committed: 100 }]
  return { ledger, board, commits, malformedLines: [], serviceExitCode: 0 }
}

const differencesOf = (ending: Ending) => checkEnding(ending).flatMap(({ differences }) => differences)

test('equal counts are as they should be', () => {
  expect(differencesOf(goodEnding())).toEqual([])
  expect(isAsItShouldBe(checkEnding(goodEnding()))).toBe(true)
})

test('an event that was counted twice shows in its contract and its result', () => {
  const ending = goodEnding()
  tell(ending.board, [events('ads.search-ad-published', 'pass', 1)])
  expect(differencesOf(ending)).toEqual([
    'ads.search-ad-published: 100 expected, but 101 received',
    expect.stringMatching(/^ads\.search-ad-published: pass: \d+ expected, but \d+ received$/),
  ])
  expect(isAsItShouldBe(checkEnding(ending))).toBe(false)
})

test('a verdict that was lost shows in its rule', () => {
  const ending = goodEnding()
  tell(ending.board, [verdicts('ad_shape', 'fail', 1, 'ads.search-ad-published')])
  expect(differencesOf(ending)).toEqual([
    expect.stringMatching(/^ads\.search-ad-published \/ ad_shape: fail: \d+ expected, but \d+ received$/),
  ])
})

test('offsets that are not committed show, and records that the ledger does not know', () => {
  const commits = [{ topic: AD_TOPIC, partition: 0, end: 101, committed: 99 }]
  expect(differencesOf({ ...goodEnding(), commits })).toEqual([
    'records in Kafka: 100 expected, but 101 received',
    `${AD_TOPIC}, partition 0: committed offset: 101 expected, but 99 received`,
  ])
})

test('a malformed line and a bad exit code show', () => {
  const malformedLines = ['bad metric name: 1:1|c']
  expect(differencesOf({ ...goodEnding(), malformedLines, serviceExitCode: 4 })).toEqual([
    'bad metric name: 1:1|c',
    'its exit code is 4',
  ])
  expect(differencesOf({ ...goodEnding(), serviceExitCode: null })).toEqual([
    'its exit code is that of a signal',
  ])
})
