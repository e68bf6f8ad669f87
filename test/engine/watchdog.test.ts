import { expect, test } from 'vitest'
import { Arrivals } from '../../src/engine/arrivals.ts'
import { Lateness } from '../../src/engine/lateness.ts'
import type { PartitionState } from '../../src/engine/partitions.ts'
import { Watchdog } from '../../src/engine/watchdog.ts'

const TIMEOUT_MS = 60_000

function behindSince(...times: readonly (number | undefined)[]): PartitionState[] {
  return times.map((behindSinceMs, partition) => ({
    topic: 'a',
    partition,
    position: 0,
    committed: 0,
    end: 1,
    lastJudgedMs: undefined,
    judgedAtMs: undefined,
    lastZeroMs: undefined,
    assignedMs: 0,
    behindSinceMs,
    movedSinceFlush: false,
    arrivals: new Arrivals(1, 0, new Lateness()),
    isHeld: false,
  }))
}

test.each([
  ['nothing is assigned', behindSince(), 1e9, 'none'],
  ['nothing is left to judge', behindSince(undefined), 1e9, 'none'],
  ['it is behind for less than the time-out', behindSince(0), TIMEOUT_MS, 'none'],
  ['it is behind for longer', behindSince(0), TIMEOUT_MS + 1, 'reconnect'],
  ['one of many is', behindSince(undefined, 70_000, 0), TIMEOUT_MS + 1, 'reconnect'],
])('when %s', (_, states, monotonicMs, remedy) => {
  const watchdog = new Watchdog(TIMEOUT_MS)
  expect(watchdog.judge(states, monotonicMs)).toBe(remedy)
  expect(watchdog.isStalled).toBe(remedy !== 'none')
})

test('it connects anew once, waits a whole time-out, and then gives up', () => {
  const watchdog = new Watchdog(TIMEOUT_MS)
  const states = behindSince(0)
  expect(watchdog.judge(states, 70_000)).toBe('reconnect')
  expect(watchdog.judge(states, 80_000)).toBe('none')
  expect(watchdog.judge(states, 130_000)).toBe('none')
  expect(watchdog.judge(states, 130_001)).toBe('give-up')
})

test('progress after the new connection makes all well again', () => {
  const watchdog = new Watchdog(TIMEOUT_MS)
  watchdog.judge(behindSince(0), 70_000)
  watchdog.progressed()
  expect(watchdog.isStalled).toBe(false)
  expect(watchdog.judge(behindSince(70_000), 130_000)).toBe('none')
  expect(watchdog.judge(behindSince(70_000), 130_001)).toBe('reconnect')
})
