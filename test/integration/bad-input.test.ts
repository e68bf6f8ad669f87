import type { Message } from 'kafkajs'
import { expect, onTestFinished, test } from 'vitest'
import { runToEnd } from '../../tools/child-process/run-to-end.ts'
import { startKafka } from '../../tools/embedded-kafka/start-kafka.ts'
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

/** Rules that hostile authors and hostile events would like to hang, beside one that must go on judging. */
const HOSTILE_RULES = `  - id: good
    assert: n >= 0
  - id: endless
    assert: ($f := function($x) { $f($x + 1) }; $f(1))
  - id: not_a_boolean
    assert: n
  - id: backtracking
    when: $exists(text)
    assert: $not($contains(text, /^(a+)+$/))
  - id: backtracking_schema
    schema: ./backtracking.schema.json
`
const BACKTRACKING = JSON.stringify({
  properties: { text: { type: 'string', pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' } },
})

function hostileRecords(): Message[] {
  return [
    { value: '{"n": 1}' },
    { value: 'this is no JSON' },
    { value: '' },
    { value: Buffer.from([0, 1, 2]) },
    { value: `{"n": 1, "blob": "${'x'.repeat(5_000_000)}"}` },
    { value: '['.repeat(10_000) + ']'.repeat(10_000) },
    { value: '[{"n": 1}, {"n": 2}]' },
    { value: '{"n": 9007199254740993}' },
    { value: '{"n": 1, "n": 2}' },
    { value: '{"__proto__": {"n": 1}, "n": 1}' },
    { value: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
    { value: Buffer.from([0, 0, 0, 0, 7, 1, 2, 3]) },
    { value: null },
    { value: `{"n": 1, "text": "${'a'.repeat(40)}!"}` },
    { value: '{"n": 2}', headers: { twice: ['a', 'b'], bytes: Buffer.from([0xff]) } },
  ]
}

test('hostile records and rules: each has its own counter, a good rule judges on, nothing is lost', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('hostile')
  const group = uniqueName('assay')
  await createTopic(admin, topic, 1, { 'max.message.bytes': '10000000' })
  const statsd = await receiver()
  const rules = folderWith({
    'a.contract.yaml': contract(topic, HOSTILE_RULES),
    'backtracking.schema.json': BACKTRACKING,
  })
  for (const message of hostileRecords()) await producer.send({ topic, messages: [message] })
  const service = assay({ rules, group, statsd, flags: ['--from', 'earliest', '--session-timeout', '10s'] })
  await expect
    .poll(() => committed(admin, group, topic), { timeout: 60_000 })
    .toEqual(await ends(admin, topic))
  expect(await service.stop()).toBe(0)

  const rejected = (reason: string) => statsd.count('dq.records.rejected', { topic, reason })
  expect({
    not_json: rejected('not_json'),
    oversized: rejected('oversized'),
    too_deep: rejected('too_deep'),
    unsafe_keys: rejected('unsafe_keys'),
    bad_encoding: rejected('bad_encoding'),
    schema_unknown: rejected('schema_unknown'),
  }).toEqual({ not_json: 3, oversized: 1, too_deep: 1, unsafe_keys: 2, bad_encoding: 1, schema_unknown: 1 })
  expect(statsd.count('dq.events', { topic, result: 'undecodable' })).toBe(9)
  expect(statsd.count('dq.events', { topic, result: 'tombstone' })).toBe(1)
  expect(statsd.count('dq.numbers.rounded', { topic })).toBe(1)

  const verdicts = (rule: string, result: string) => judged(statsd, { topic, rule, result })
  // Five events. In an array event, `n` is a list of two numbers, and comparing a list is a type error that the data caused.
  expect({
    pass: verdicts('good', 'pass'),
    fail: verdicts('good', 'fail'),
    error: verdicts('good', 'error'),
  }).toEqual({ pass: 4, fail: 1, error: 0 })
  expect(verdicts('endless', 'error')).toBe(5)
  expect(verdicts('not_a_boolean', 'error')).toBe(5)
  expect({ skip: verdicts('backtracking', 'skip'), pass: verdicts('backtracking', 'pass') }).toEqual({
    skip: 4,
    pass: 1,
  })
  expect({
    pass: verdicts('backtracking_schema', 'pass'),
    fail: verdicts('backtracking_schema', 'fail'),
  }).toEqual({ pass: 4, fail: 1 })
  expect(statsd.count('dq.rebalances')).toBe(1)
})

test('records of a client that isn’t ours: Kafka’s own console producer, with keys, headers and compression', async () => {
  const kafka = await startKafka({ ownProcess: true })
  onTestFinished(() => kafka.stop())
  const { admin } = await clients(kafka.brokers)
  const topic = uniqueName('console')
  await createTopic(admin, topic)
  const statsd = await receiver()
  const rules = folderWith({
    'a.contract.yaml': contract(
      topic,
      `  - id: key_is_the_number
    assert: $number($key) = n
  - id: says_where_it_comes_from
    assert: $headers.source = "shop" and $topic = "${topic}" and $partition = 0 and $offset >= 0 and $timestamp <= $millis()
`,
    ),
  })
  const produced = await kafka.consoleTool(
    'org.apache.kafka.tools.ConsoleProducer',
    [
      '--bootstrap-server',
      kafka.directBrokers,
      '--topic',
      topic,
      '--compression-codec',
      'zstd',
      '--property',
      'parse.key=true',
      '--property',
      'parse.headers=true',
    ],
    'source:shop\t4\t{"n": 4}\nsource:elsewhere\t5\t{"n": 6}\n',
  )
  expect(produced.exitCode, produced.stderr).toBe(0)
  const service = assay({
    rules,
    group: uniqueName('assay'),
    statsd,
    brokers: kafka.brokers,
    flags: ['--from', 'earliest'],
  })
  await statsd.until(() => judged(statsd, { topic }) >= 4, 20_000)
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic, rule: 'key_is_the_number', result: 'fail' })).toBe(1)
  expect(judged(statsd, { topic, rule: 'says_where_it_comes_from', result: 'fail' })).toBe(1)
  expect(judged(statsd, { topic, result: 'pass' })).toBe(2)
})

test('rule files that are wrong: every problem with its place, exit code 2, and nothing starts', async () => {
  const topic = 'some.topic'
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghi'
    .split('')
    .map(
      (name, index) =>
        `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(', ')}]`,
    )
    .join('\n')}\n`
  const rules = folderWith({
    'unknown-key.contract.yaml': contract(topic, '  - id: a\n    asert: n > 0\n', 'unknown.key'),
    'syntax.contract.yaml': contract(topic, '  - id: a\n    assert: n > > 0\n', 'syntax'),
    'schema.contract.yaml': contract(topic, '  - id: a\n    schema: ./broken.schema.json\n', 'schema'),
    'twice.contract.yaml': contract(
      topic,
      '  - id: a\n    assert: n > 0\n  - id: a\n    assert: n > 1\n',
      'twice',
    ),
    'later.contract.yaml': contract(topic, '  - id: a\n    unique: { by: n, over: 5m }\n', 'later'),
    'bomb.contract.yaml': bomb,
    'broken.schema.json': '{"type": "strng"}',
  })
  const main = new URL('../../src/main.ts', import.meta.url).pathname
  const run = await runToEnd(process.execPath, [
    main,
    'run',
    '--rules',
    rules,
    '--brokers',
    '127.0.0.1:1',
    '--http',
    'off',
  ])
  const validate = await runToEnd(process.execPath, [main, 'validate', rules, '--output', 'json'])
  expect(run.exitCode).toBe(2)
  expect(validate.exitCode).toBe(2)
  const { problems } = JSON.parse(validate.stdout) as {
    problems: { file: string; line: number; column: number; code: string; hint: string }[]
  }
  const found = (file: string) => problems.filter((problem) => problem.file.endsWith(`/${file}`))
  const contracts = ['unknown-key', 'syntax', 'twice', 'later', 'bomb'].map((name) => `${name}.contract.yaml`)
  for (const file of [...contracts, 'broken.schema.json']) {
    expect(found(file).length, file).toBeGreaterThan(0)
    for (const { line, hint } of found(file)) {
      expect(line, file).toBeGreaterThan(0)
      expect(hint, file).not.toBe('')
    }
    expect(run.stderr, file).toContain(`/${file}:`)
  }
  expect(found('syntax.contract.yaml')[0]).toMatchObject({ code: 'EXPRESSION_INVALID', line: 10, column: 17 })
  expect(run.stderr).not.toMatch(/\n\s+at /)
})
