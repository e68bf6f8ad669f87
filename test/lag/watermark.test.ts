import { expect, test } from 'vitest'
import { watermarkMs } from '../../src/lag/watermark.ts'

const at = (lastZeroMs: number | undefined, lastArrivalMs: number | undefined) => ({
  lastZeroMs,
  lastArrivalMs,
})

test.each([
  ['of no partition', [], undefined],
  ['that keeps up', [at(100, 90)], 100],
  ['that is behind', [at(50, 90)], 90],
  ['that was never seen to be caught up', [at(undefined, 90)], 90],
  ['that has been empty ever since', [at(100, undefined)], 100],
  ['of which nothing is known', [at(undefined, undefined)], undefined],
  ['that are behind: the furthest', [at(100, 90), at(10, 40), at(undefined, 60)], 40],
  ['of which one is idle', [at(100, undefined), at(100, 99)], 100],
  ['of which one is unknown', [at(100, 90), at(undefined, undefined)], undefined],
  ['that began in 1970', [at(0, undefined)], 0],
])('all is judged up to a moment, by partitions %s', (_, partitions, expected) => {
  expect(watermarkMs(partitions)).toBe(expected)
})
