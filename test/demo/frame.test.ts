import { expect, test } from 'vitest'
import { toFrame } from '../../tools/demo/frame.ts'
import { createPlan } from '../../tools/demo/plan.ts'
import { RecentRates } from '../../tools/demo/recent-rates.ts'
import type { View } from '../../tools/demo/view.ts'
import { boardOf, events, gauge, verdicts } from './lines.ts'

const RULES = Array.from({ length: 12 }, (_, index) => `a_rule_with_a_long_name_${index}`)

function viewOf(lines: readonly string[], elapsedMs = 1000): View {
  const plan = createPlan(30)
  const board = boardOf(lines)
  const rates = new RecentRates(plan.recentMs)
  rates.observe([], 0)
  rates.observe(board.rules, elapsedMs)
  return { plan, elapsedMs, producedRecords: 1234, board, rates }
}

const BUSY = viewOf([
  ...RULES.flatMap((rule, index) => [verdicts(rule, 'pass', 1000), verdicts(rule, 'fail', index)]),
  verdicts('bad_prices', 'pass', 800),
  verdicts('bad_prices', 'fail', 200),
  events('c', 'pass', 1000),
  gauge('dq.consumer.lag_offsets', 17, 'topic:t,partition:0'),
])

test('a large terminal shows every rule, contract and topic', () => {
  const lines = toFrame(BUSY, { columns: 120, rows: 50 }).map(({ text }) => text)
  expect(lines[0]).toBe('Assay demo  1 of 30 s  1,234 produced, 1,000 judged')
  for (const rule of RULES) expect(lines.join('\n')).toContain(rule)
  expect(lines).toContainEqual(expect.stringMatching(/^bad_prices +c +1,000 +200 +0 +0 +20\.00 % +20\.00 %$/))
  expect(lines).toContainEqual(expect.stringMatching(/^t +17 +– +–$/))
})

test.each([
  [80, 24],
  [60, 15],
  [40, 10],
  [20, 4],
  [5, 2],
  [1, 1],
])('a terminal of %i × %i is never overfilled', (columns, rows) => {
  const lines = toFrame(BUSY, { columns, rows })
  expect(lines.length).toBeLessThanOrEqual(rows)
  expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(columns)
})

test('where there is no room for all rules, the one that fails most stays, and the rest are counted', () => {
  const lines = toFrame(BUSY, { columns: 80, rows: 10 })
  expect(lines.filter(({ look }) => look === 'alarm').map(({ text }) => text)).toEqual([
    expect.stringMatching(/^bad_prices .* 20\.00 %$/),
  ])
  expect(lines.at(-1)?.text).toMatch(/^… and \d+ rules that fail less often$/)
})

test('before anything came, and during the incident, it says so', () => {
  const texts = toFrame(viewOf([], 13_000), { columns: 120, rows: 30 })
  expect(texts[1]).toEqual({ text: expect.stringContaining('Incident'), look: 'alarm' })
  expect(texts).toContainEqual({ text: 'Assay starts …', look: 'faint' })
})
