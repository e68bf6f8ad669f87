import { expect, test } from 'vitest'
import {
  assay,
  clients,
  committed,
  contract,
  createTopic,
  ends,
  folderWith,
  judged,
  receiver,
  uniqueName,
} from './support.ts'

/** What a hostile author, or a careless one, would like to hang the service with, beside a rule that must go on judging. */
const RULES = `  - id: neighbour
    assert: n >= 0
  - id: padded
    assert: $length($pad("x", 1e9)) > 0
  - id: long_range
    assert: $count([1..1e9]) > 0
  - id: endless_tail
    assert: ($f := function($x) { $f($x + 1) }; $f(1) > 0)
  - id: endless_deep
    assert: ($f := function($x) { 1 + $f($x) }; $f(1) > 0)
  - id: doubled
    assert: |
      ($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("x", 60)) > 0)
  - id: backtracking
    assert: $not($contains(text, /(a+)+$/))
  - id: backtracking_pattern
    schema: ./pattern.schema.json
  - id: backtracking_format
    schema: ./format.schema.json
`
const OVERRUNNING = ['padded', 'long_range', 'endless_tail', 'endless_deep', 'doubled']

const SCHEMAS = {
  'pattern.schema.json': JSON.stringify({ properties: { text: { pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' } } }),
  'format.schema.json': JSON.stringify({
    properties: { text: { anyOf: [{ format: 'email' }, { format: 'uri' }, { format: 'hostname' }] } },
  }),
}

const EVENTS = 12
const TEXT = `${'a'.repeat(5_000)}!`
/** Five rules of at most 50 ms each, on a machine that has other work. */
const MAX_SECONDS_PER_EVENT = 2

test('hostile rules: each is an error within its budget, then suspended; a neighbour judges every event, nothing is lost', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('hostile-rules')
  const group = uniqueName('assay')
  await createTopic(admin, topic, 2)
  const messages = Array.from({ length: EVENTS }, (_, n) => ({
    value: JSON.stringify({ n, text: TEXT }),
    partition: n % 2,
  }))
  await producer.send({ topic, messages })
  const statsd = await receiver()
  const rules = folderWith({ 'a.contract.yaml': contract(topic, RULES), ...SCHEMAS })
  const service = assay({ rules, group, statsd, flags: ['--from', 'earliest', '--session-timeout', '6s'] })
  await expect
    .poll(() => committed(admin, group, topic), { timeout: 30_000 })
    .toEqual(await ends(admin, topic))
  await statsd.until(() => statsd.gauge('dq.rules.suspended', { topic, rule: 'doubled' }) === 1)
  expect(await service.stop()).toBe(0)

  const counts = (rule: string) =>
    ['pass', 'fail', 'error'].map((result) => judged(statsd, { topic, rule, result }))
  expect(counts('neighbour')).toEqual([EVENTS, 0, 0])
  for (const rule of OVERRUNNING) {
    expect([rule, ...counts(rule)]).toEqual([rule, 0, 0, EVENTS])
    expect([rule, statsd.gauge('dq.rules.suspended', { topic, rule })]).toEqual([rule, 1])
  }
  // Patterns and formats take time in proportion to the text, so they give the true verdict.
  expect(counts('backtracking')).toEqual([EVENTS, 0, 0])
  expect(counts('backtracking_pattern')).toEqual([0, EVENTS, 0])
  expect(counts('backtracking_format')).toEqual([0, EVENTS, 0])
  expect(statsd.count('dq.events', { topic, result: 'fail' })).toBe(EVENTS)
  const seconds = statsd.values('dq.evaluate.duration', { topic })
  expect(seconds).not.toEqual([])
  expect(Math.max(...seconds)).toBeLessThan(MAX_SECONDS_PER_EVENT)
  expect(statsd.count('dq.rebalances')).toBe(1)
  const suspensions = service.log.filter(({ msg }) => msg.includes('is suspended'))
  expect(suspensions.map(({ rule }) => rule).toSorted()).toEqual(OVERRUNNING.toSorted())
}, 60_000)
