import { expect, test } from 'vitest'
import { FIRST_KEPT, RESERVOIR_SIZE, SamplePicker } from '../../src/status/sample-picker.ts'
import { seededRandom } from './support.ts'

/** Which fails are kept in the end, by their number from 1. */
function keptOf(fails: number, picker: SamplePicker): number[] {
  const kept: number[] = []
  for (let fail = 1; fail <= fails; fail++) {
    const place = picker.pick(0)
    if (place !== undefined) kept[place] = fail
  }
  return kept
}

test('the first fails are always kept, and no more than there is room for', () => {
  const picker = new SamplePicker(1, seededRandom(1))
  const kept = keptOf(10_000, picker)
  expect(kept).toHaveLength(FIRST_KEPT + RESERVOIR_SIZE)
  expect(kept.slice(0, FIRST_KEPT)).toEqual([1, 2, 3])
  expect(picker.seen(0)).toBe(10_000)
})

test('few fails are all kept', () => {
  expect(keptOf(4, new SamplePicker(1, seededRandom(2)))).toEqual([1, 2, 3, 4])
})

test('each of the later fails is as likely to be kept as any other', () => {
  const [rounds, fails, parts] = [4000, 103, 10]
  const picker = new SamplePicker(1, seededRandom(3))
  const counts = Array.from({ length: parts }, () => 0)
  for (let round = 0; round < rounds; round++) {
    for (const fail of keptOf(fails, picker).slice(FIRST_KEPT)) {
      const part = Math.floor((fail - FIRST_KEPT - 1) / ((fails - FIRST_KEPT) / parts))
      counts[part] = (counts[part] as number) + 1
    }
    picker.reset()
  }
  const expected = (rounds * RESERVOIR_SIZE) / parts
  for (const count of counts) expect(Math.abs(count / expected - 1)).toBeLessThan(0.15)
})

test('rules are counted apart, and a new interval forgets', () => {
  const picker = new SamplePicker(2, seededRandom(4))
  keptOf(100, picker)
  expect(picker.pick(1)).toBe(0)
  picker.reset()
  expect([picker.pick(0), picker.seen(0), picker.seen(1)]).toEqual([0, 1, 0])
})

test.each([0, 1 - Number.EPSILON])('extreme chance (%d) breaks nothing', (chance) => {
  const kept = keptOf(1000, new SamplePicker(1, () => chance))
  expect(kept).toHaveLength(FIRST_KEPT + RESERVOIR_SIZE)
})

test('a million fails of one rule are looked at a few dozen times', () => {
  const picker = new SamplePicker(1, seededRandom(5))
  let picked = 0
  for (let fail = 0; fail < 1_000_000; fail++) if (picker.pick(0) !== undefined) picked++
  expect(picked).toBeLessThan(100)
})
