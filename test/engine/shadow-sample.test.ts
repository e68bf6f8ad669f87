import { expect, test } from 'vitest'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import { compileExpression } from '../../src/expression/index.ts'
import { FLUSH_MS, RunningEngine } from './running.ts'
import { topicOf } from './topics.ts'

/** A topic whose rule `wrong` was compiled to `compiled`, while the interpreter sees `interpreted`: a planted fault of the compiler. */
function topicWith(compiled: string, interpreted: string): CompiledTopic {
  const topic = topicOf([
    { id: 'right', assert: 'n > 0' },
    { id: 'wrong', assert: compiled },
    { id: 'shape', severity: 'info', assert: '$exists(n)', engine: 'interpreter' },
  ])
  const check = topic.contracts[0]?.rules[1]?.check
  if (check?.kind !== 'assert') throw new Error('the rule has no expression')
  const other = compileExpression(interpreted)
  Object.defineProperty(check.expression, 'interpret', { value: other.interpret.bind(other) })
  return topic
}

async function judge(topic: CompiledTopic, shadowSample: number | undefined, ...events: readonly unknown[]) {
  const running = new RunningEngine([topic], { shadowSample })
  await running.consume(...events)
  await running.clock.pass(FLUSH_MS)
  return { running, differing: running.lines(/differ/) }
}

const GOOD = Array.from({ length: 10 }, () => ({ n: 5, secret: 'jane@example.org' }))

test('a difference is counted, logged without a value of the event, and leaves that rule to the interpreter', async () => {
  const { running, differing } = await judge(topicWith('n > 0', 'n > 9'), 4, ...GOOD)
  expect(running.sink.samples('dq.expression.differences', { rule: 'wrong' })).toEqual([
    expect.objectContaining({
      value: 1,
      tags: {
        domain: 'ads',
        team: 'team-search',
        contract: 'ads.ad-published',
        topic: 'ads.ad-published.v1',
        rule: 'wrong',
      },
    }),
  ])
  expect(differing).toEqual([
    {
      level: 'error',
      message:
        'The compiled form of a rule and the interpreter differ; the interpreter judges it from now on',
      fields: { contract: 'ads.ad-published', rule: 'wrong', compiled: 'true', interpreted: 'false' },
    },
  ])
  expect({ pass: running.verdicts('wrong', 'pass'), fail: running.verdicts('wrong', 'fail') }).toEqual({
    pass: 1,
    fail: 9,
  })
  expect(running.verdicts('right', 'pass')).toBe(10)
})

test.each([
  ['the code of an error', 'n + secret > 0', '$number(secret) > 0', 'fault T2002', 'fault D3030'],
  ['a value and none', 'n > 0', 'gone > 0', 'true', 'noValue'],
  ['a value that is no boolean', 'n > 0', 'n', 'true', 'notBoolean'],
])('it is a difference: %s', async (_, compiled, interpreted, compiledAs, interpretedAs) => {
  const { differing } = await judge(topicWith(compiled, interpreted), 1, ...GOOD)
  expect(differing.map(({ fields }) => fields)).toMatchObject([
    { compiled: compiledAs, interpreted: interpretedAs },
  ])
})

test('only sampled events are judged twice: the first, and then one in so many', async () => {
  const events = GOOD.map((event, index) => ({ ...event, n: index === 4 ? 5 : 50 }))
  expect((await judge(topicWith('n > 0', 'n > 9'), 4, ...events)).differing).toHaveLength(1)
  expect((await judge(topicWith('n > 0', 'n > 9'), 3, ...events)).differing).toHaveLength(0)
})

test('nothing is compared if the sample is off', async () => {
  const { running, differing } = await judge(topicWith('n > 0', 'n > 9'), undefined, ...GOOD)
  expect(differing).toEqual([])
  expect(running.verdicts('wrong', 'pass')).toBe(10)
})

test('an exceeded budget is no difference: the two spend theirs at different speeds', async () => {
  const endless = '($f := function($x) { 1 + $f($x) }; $f(1) > 0)'
  expect((await judge(topicWith('n > 0', endless), 1, ...GOOD)).differing).toEqual([])
  expect((await judge(topicWith(endless, 'n > 0'), 1, ...GOOD)).differing).toEqual([])
})

test('equal engines differ on no event', async () => {
  const events = [{ n: 1 }, { n: 'x' }, {}, [], null, [{ n: 1 }, { n: 2 }], { n: [1] }, 7, '"text"', true]
  const topic = topicOf([
    { id: 'compared', when: '$exists(n) or n = 1', assert: 'n > 0 and $sum(n) < 9' },
    { id: 'by_time', assert: '$millis() > 0 and $offset >= 0' },
  ])
  const { running, differing } = await judge(topic, 1, ...events)
  expect(differing).toEqual([])
  expect(running.verdicts('by_time', 'pass')).toBe(10)
})
