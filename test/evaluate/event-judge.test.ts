import { describe, expect, test } from 'vitest'
import { compileContracts } from '../../src/evaluate/compile.ts'
import { EventContext } from '../../src/evaluate/context.ts'
import { EventJudge } from '../../src/evaluate/event-judge.ts'
import { EVENT_RESULTS, VERDICTS } from '../../src/model/verdict.ts'
import { contractOf, judge as judgeAlone, NOW_MS, readFrom, recordOf } from './support.ts'
import type { Files, RuleText } from './support.ts'

const FILES: Files = { 'rules/ads/ad.schema.json': { required: ['n'] } }
const SCHEMA: RuleText = { schema: './ad.schema.json' }

/** A judge of several contracts on one topic, each given by its rules. */
function judgeOf(...rules: readonly (readonly RuleText[])[]) {
  const contracts = rules.map((ofContract, index) => contractOf(ofContract, { id: `contract-${index}` }))
  const { topics, problems } = compileContracts(contracts, readFrom(FILES))
  const [topic] = topics
  if (topic === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
  const judge = new EventJudge(topic.contracts)
  return {
    topic,
    judge: (event: unknown) => {
      judge.judge(event, new EventContext(recordOf(), NOW_MS))
      return judge
    },
  }
}

const kinds = ({ verdicts }: EventJudge) => Array.from(verdicts, (verdict) => VERDICTS[verdict])
const results = (judge: EventJudge) => Array.from(judge.results, (result) => EVENT_RESULTS[result])

describe('several contracts of one topic', () => {
  const contracts = [
    [{ assert: 'n > 0' }, SCHEMA, { when: 'kind = "ad"', ...SCHEMA }],
    [{ assert: 'n = 1', severity: 'info' }],
    [{ assert: 'n', severity: 'error' }],
    [
      { when: 'kind = "ad"', assert: 'n > 5', severity: 'warning' },
      { assert: 'gone > 1', missing: 'skip' },
    ],
  ] as const

  test.each([
    [
      { n: 9, kind: 'ad' },
      ['pass', 'pass', 'pass', 'fail', 'error', 'pass', 'skip'],
      ['pass', 'pass', 'error', 'pass'],
    ],
    [
      { n: 1, kind: 'ad' },
      ['pass', 'pass', 'pass', 'pass', 'error', 'fail', 'skip'],
      ['pass', 'pass', 'error', 'warn'],
    ],
    [{ n: true }, ['fail', 'pass', 'skip', 'fail', 'pass', 'skip', 'skip'], ['fail', 'pass', 'pass', 'pass']],
    [
      { kind: 'ad' },
      ['fail', 'fail', 'fail', 'fail', 'fail', 'fail', 'skip'],
      ['fail', 'pass', 'fail', 'warn'],
    ],
  ])('are judged at once, each by its own rules: %j', (event, verdicts, wanted) => {
    const judged = judgeOf(...contracts).judge(event)
    expect(kinds(judged)).toEqual(verdicts)
    expect(results(judged)).toEqual(wanted)
    expect(judged.firstRules).toEqual([0, 3, 4, 5])
    expect(judged.errors).toBe(verdicts.filter((verdict) => verdict === 'error').length)
  })

  test('get the verdicts that each contract gets when it is judged alone, with the same reasons', () => {
    const { topic, judge } = judgeOf(...contracts)
    for (const event of [{ n: 9, kind: 'ad' }, { n: 'x' }, { kind: 'ad' }, 7, null, []]) {
      const judged = judge(event)
      const alone = topic.contracts.flatMap((contract) => judgeAlone(contract, event).verdicts)
      expect(Array.from(judged.verdicts, (_, rule) => judged.verdict(rule))).toEqual(alone)
      expect(kinds(judged)).toEqual(alone.map(({ kind }) => kind))
    }
  })
})

describe('a rule in the shadow', () => {
  const SHADOW = { assert: 'n > 0', mode: 'shadow' }

  test.each([
    [
      'is judged, and no part of the result',
      [SHADOW, { assert: 'true' }],
      { n: 0 },
      ['fail', 'pass'],
      'pass',
    ],
    ['hides no fail of a live rule', [SHADOW, { assert: 'n > 5' }], { n: 1 }, ['pass', 'fail'], 'fail'],
    [
      'does not keep an event from being an error',
      [SHADOW, { assert: 'n' }],
      { n: 1 },
      ['pass', 'error'],
      'error',
    ],
    ['makes no error of an event', [{ ...SHADOW, assert: 'n' }], { n: 1 }, ['error'], 'pass'],
    ['makes no warning', [{ ...SHADOW, severity: 'warning' }], { n: 0 }, ['fail'], 'pass'],
  ])('%s', (_, rules, event, verdicts, result) => {
    const judged = judgeOf(rules).judge(event)
    expect(kinds(judged)).toEqual(verdicts)
    expect(results(judged)).toEqual([result])
  })
})

test('an event leaves nothing behind for the next one', () => {
  const { judge } = judgeOf([{ assert: 'n > 0' }, SCHEMA])
  const first = judge({ n: 'x' })
  expect(first.verdict(0)).toMatchObject({ kind: 'fail', reason: 'type' })
  const second = judge({ n: 1 })
  expect([second.verdict(0), second.verdict(1)]).toEqual([{ kind: 'pass' }, { kind: 'pass' }])
  const third = judge({})
  expect(third.verdict(0)).toMatchObject({ kind: 'fail', reason: 'no_value' })
  expect(third.verdict(1)).toMatchObject({ kind: 'fail', reason: 'schema' })
})
