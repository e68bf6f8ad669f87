import { expect, test } from 'vitest'
import { Board } from '../../tools/demo/board.ts'
import { RecentRates } from '../../tools/demo/recent-rates.ts'
import { tell, verdicts } from './lines.ts'

const KEY = 'c / positive'

/** Shows one second after another, each with some passes and fails, to rates over two seconds. */
function afterSeconds(seconds: readonly (readonly [pass: number, fail: number])[]): RecentRates {
  const board = new Board()
  const rates = new RecentRates(2000)
  rates.observe(board.rules, 0)
  seconds.forEach(([pass, fail], index) => {
    tell(board, [verdicts('positive', 'pass', pass), verdicts('positive', 'fail', fail)])
    rates.observe(board.rules, (index + 1) * 1000)
  })
  return rates
}

test('the recent share leaves out what is older than the window', () => {
  const rates = afterSeconds([
    [0, 100],
    [90, 10],
    [80, 20],
  ])
  expect(rates.recent(KEY)).toEqual({ fail: 30, judged: 200 })
})

test('the peak stays when the rate has recovered', () => {
  const rates = afterSeconds([
    [100, 0],
    [50, 50],
    [100, 0],
    [100, 0],
    [100, 0],
  ])
  expect(rates.recent(KEY)).toEqual({ fail: 0, judged: 200 })
  expect(rates.peak(KEY)).toEqual({ fail: 50, judged: 200 })
})

test('a handful of verdicts makes no peak', () => {
  expect(afterSeconds([[0, 3]]).peak(KEY)).toEqual({ fail: 0, judged: 0 })
})

test('a rule that nobody has heard of has neither', () => {
  const rates = afterSeconds([])
  expect(rates.recent(KEY)).toEqual({ fail: 0, judged: 0 })
  expect(rates.peak(KEY)).toEqual({ fail: 0, judged: 0 })
})
