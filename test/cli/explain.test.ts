import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assay, Files } from './support.ts'

const RULES = [
  { id: 'shape', schema: './ad.schema.json' },
  { id: 'positive', description: 'A price.', when: 'status = "active"', assert: 'price.amount > 0' },
  { id: 'images_fit', severity: 'warning', missing: 'skip', assert: '$sum(images.$length($)) < 10' },
  { id: 'keyed', severity: 'info', assert: '$key = id' },
  { id: 'traced', severity: 'info', assert: '$headers.trace = "a" and $headers.hop[1] = "c"' },
  { id: 'fresh', severity: 'info', assert: '$millis() - $timestamp < 1000' },
  { id: 'broken', severity: 'info', assert: 'price' },
]

const SCHEMA = {
  required: ['id'],
  properties: { price: { type: 'object' }, status: { enum: ['active', 'paused'] } },
  additionalProperties: { type: ['string', 'array', 'object'] },
}

let files: Files
let contract: string

beforeEach(() => {
  files = new Files()
  contract = files.writeContract('ad', RULES)
  files.write('rules/ad.schema.json', JSON.stringify(SCHEMA))
})

afterEach(() => files.remove())

const explain = (rule: string, event: string, ...more: readonly string[]) =>
  assay(['explain', contract, rule, files.write('event.json', event), ...more])

const json = async (rule: string, event: string, ...more: readonly string[]) =>
  JSON.parse((await explain(rule, event, ...more, '--output', 'json')).out)

test('shows the condition, the assertion and what the verdict means', async () => {
  const { exitCode, out, err } = await explain(
    'positive',
    '{"id":"1","status":"active","price":{"amount":-5}}',
  )
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' })
  expect(out).toBe(`${contract}:1: ads.ad-published / positive, severity error
  A price.

when:
  status = "active"  true
    status           "active"

assert:
  price.amount > 0  false
    price.amount    -5

verdict: fail (false): \`price.amount > 0\` is false
event: fail for ads.ad-published (failed with severity error: positive)
`)
})

test('a rule in the shadow is told as one, and is no cause of what the event counts as', async () => {
  contract = files.writeContract('shadow', [
    { id: 'live', assert: 'n > 0' },
    { id: 'tried', assert: 'n > 5', mode: 'shadow' },
  ])
  const { out } = await explain('tried', '{"n":0}')
  expect(out).toContain('/ tried, severity error, in the shadow\n')
  expect(out).toContain('event: fail for ads.ad-published (failed with severity error: live)')
  expect((await explain('tried', '{"n":1}')).out).toContain('event: pass')
})

test('shows everything that a schema refuses, with its values', async () => {
  const { exitCode, out } = await explain('shape', '{"price":5,"status":"gone","colour":7}')
  expect(exitCode).toBe(1)
  expect(out).toContain(`schema:
  /: must have required property 'id', but is {"price": 5, "status": "gone", "colour": 7}
  /colour: must be string,array,object, but is 7
  /price: must be object, but is 5
  /status: must be equal to one of the allowed values (["active","paused"]), but is "gone"
`)
})

test('shows no more violations than can be read', async () => {
  files.write('rules/ad.schema.json', '{"items":{"type":"string"}}')
  const { out } = await explain('shape', JSON.stringify(Array.from({ length: 5000 }, (_, n) => n)))
  expect(out).toContain('  … and 4950 more\n')
  expect(out.split('\n').length).toBeLessThan(70)
})

describe('the verdict', () => {
  test.each<[string, string, string, number, string]>([
    ['pass', 'shape', '{"id":"1"}', 0, 'schema: the event matches'],
    ['pass', 'positive', '{"status":"active","price":{"amount":1}}', 0, 'verdict: pass\n'],
    ['skip', 'positive', '{"status":"paused"}', 0, 'assert: not evaluated, for `when` is not true'],
    ['skip', 'images_fit', '{}', 0, '`missing: skip` turns from a fail into a skip'],
    [
      'no value',
      'positive',
      '{"status":"active"}',
      1,
      'No value is a fail unless the rule says `missing: skip`',
    ],
    ['type', 'positive', '{"status":"active","price":{"amount":"1"}}', 1, 'verdict: fail (type, T2009)'],
    ['error', 'broken', '{"price":3}', 1, 'verdict: error (NOT_BOOLEAN)'],
  ])('%s of %s', async (_, rule, event, exitCode, text) => {
    const outcome = await explain(rule, event)
    expect(outcome.exitCode).toBe(exitCode)
    expect(outcome.out).toContain(text)
  })

  test.each<[string, string, string]>([
    ['{"id":"1","images":["xxxxxxxxxxxx"]}', 'warn', 'failed with severity warning: images_fit'],
    ['{"id":"1"}', 'pass', 'no rule of severity error or warning failed'],
    ['{}', 'fail', 'failed with severity error: shape'],
  ])('%s makes the event a %s', async (event, result, because) => {
    expect((await explain('keyed', event)).out).toContain(
      `event: ${result} for ads.ad-published (${because})`,
    )
  })
})

describe('the record beside the event', () => {
  test('has the key, the headers and the times that are given', async () => {
    expect(await json('keyed', '{"id":"7"}', '--key', '7')).toMatchObject({ verdict: { kind: 'pass' } })
    const headers = ['--header', 'trace=a', '--header', 'hop=b', '--header', 'hop=c']
    expect(await json('traced', '{}', ...headers)).toMatchObject({ verdict: { kind: 'pass' } })
    const times = ['--timestamp', '2026-03-02T12:00:00Z', '--now', '1772452801500']
    expect(await json('fresh', '{}', ...times)).toMatchObject({
      verdict: { kind: 'fail' },
      assert: { steps: [{ shown: 'false' }, { text: '$millis() - $timestamp', shown: '1500' }, {}, {}] },
    })
  })

  test('is of the present otherwise', async () => {
    expect(await json('fresh', '{}')).toMatchObject({ verdict: { kind: 'pass' } })
  })
})

test('JSON has the steps with their places, and all verdicts', async () => {
  const report = await json('positive', '{"status":"active","price":{"amount":-5}}')
  expect(report).toMatchObject({
    rule: 'positive',
    when: { steps: [{ shown: 'true' }, { shown: '"active"' }] },
    assert: {
      steps: [
        { text: 'price.amount > 0', offset: 0, length: 16, depth: 0, outcome: 'value', shown: 'false' },
        { text: 'price.amount', offset: 0, length: 12, depth: 1, outcome: 'value', shown: '-5' },
      ],
      omitted: 0,
    },
    result: 'fail',
    verdicts: { shape: 'fail', positive: 'fail', images_fit: 'skip', broken: 'error' },
  })
})

describe('the event', () => {
  test('may be laid out on many lines', async () => {
    const event = JSON.stringify({ id: '1' }, undefined, 2)
    expect((await explain('shape', `${event}\n`)).exitCode).toBe(0)
  })

  test('may be one line of many', async () => {
    const events = '{"id":1}\n\n{"id":"1"}\n{\n'
    expect((await explain('shape', events, '--line', '1')).exitCode).toBe(1)
    expect((await explain('shape', events, '--line', '3')).exitCode).toBe(0)
    expect((await explain('shape', events, '--line', '4')).out).toContain('event: undecodable (not_json')
  })

  test.each<[string, string, readonly string[], string]>([
    ['of a file with many lines, of which none is named', '{"id":1}\n{"id":2}\n', [], 'holds several events'],
    ['at a blank line', '{}\n\n{}\n', ['--line', '2'], 'line 2 of'],
    ['at a line beyond the end', '{}\n{}\n', ['--line', '9'], 'its last one is in line 2'],
    ['of an empty file', '\n', [], 'holds no event'],
  ])('%s is asked for', async (_, events, more, message) => {
    const { exitCode, out, err } = await explain('shape', events, ...more)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(message)
    expect(err).toContain('[LINE_UNCLEAR]')
  })

  test.each<[string, string, string]>([
    ['cut off', '{"id":', 'undecodable (not_json'],
    ['with repeated keys', '{"id":1,"id":2}', 'undecodable'],
    ['too large', `"${'x'.repeat(1_100_000)}"`, 'undecodable (oversized'],
  ])('that is %s is seen by no rule', async (_, event, text) => {
    const { exitCode, out, err } = await explain('shape', event)
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' })
    expect(out).toContain(text)
    expect(await json('shape', event)).toMatchObject({ result: { kind: 'undecodable' } })
  })
})

describe('is refused', () => {
  test.each<[string, string, readonly string[], string]>([
    ['a rule that is not there', 'positve', [], 'Did you mean "positive"?'],
    ['a rule like no other', 'x', [], 'It has shape, positive, images_fit'],
  ])('%s', async (_, rule, more, hint) => {
    const { exitCode, err } = await explain(rule, '{}', ...more)
    expect(exitCode).toBe(2)
    expect(err).toContain('[RULE_UNKNOWN]')
    expect(err).toContain(hint)
  })

  test.each([
    ['--line', '0'],
    ['--line', 'two'],
    ['--now', '2026-02-30T00:00:00Z'],
    ['--now', 'tomorrow'],
    ['--timestamp', '2026-03-02'],
    ['--header', 'trace'],
    ['--output', 'xml'],
  ])('%s %s', async (flag, value) => {
    const { exitCode, err } = await explain('shape', '{}', flag, value)
    expect(exitCode).toBe(2)
    expect(err).toMatch(/^error: option '.*' argument '.*' is invalid\./)
  })

  test('a folder with several contracts', async () => {
    files.writeContract('other', [{ id: 'one', assert: 'true' }], { id: 'other' })
    const { exitCode, err } = await assay(['explain', files.at('rules'), 'shape', files.write('e', '{}')])
    expect(exitCode).toBe(2)
    expect(err).toContain('holds 2 contracts [CONTRACT_UNCLEAR]')
  })

  test('a contract with a mistake, with its place', async () => {
    files.writeContract('ad', [{ id: 'wrong', assert: 'n >' }])
    const { exitCode, err } = await explain('wrong', '{}')
    expect(exitCode).toBe(2)
    expect(err).toContain('[EXPRESSION_INVALID]')
  })

  test('files that are not there, also for those who asked for JSON', async () => {
    const gone = await assay(['explain', contract, 'shape', files.at('gone.json'), '--output', 'json'])
    expect(gone.exitCode).toBe(2)
    expect(JSON.parse(gone.out)).toMatchObject({ problems: [{ code: 'INPUT_UNREADABLE' }] })
    expect((await assay(['explain', files.at('gone.yaml'), 'shape', '-'])).err).toContain('[RULES_NOT_FOUND]')
  })
})

describe('without an event', () => {
  const rules = [
    { ...RULES[1], tolerance: { fail: '1%', over: '15m' } },
    { id: 'flows', description: 'It flows.', freshness: { within: '5m', field: 'at' } },
  ]

  test('says what the rule means, and its status', async () => {
    const file = files.writeContract('stream', rules)
    const { exitCode, out } = await assay(['explain', file, 'positive'])
    expect(exitCode).toBe(0)
    expect(out).toContain(
      'when: status = "active"\nassert: price.amount > 0\ntolerance: { fail: 1%, over: 15m }\n',
    )
    expect(out).toContain('  Breached when more than 1%')
  })

  test('and for machines', async () => {
    const file = files.writeContract('stream', rules)
    const { out } = await assay(['explain', file, 'flows', '--output', 'json'])
    expect(JSON.parse(out)).toMatchObject({
      rule: 'flows',
      check: 'freshness',
      written: 'freshness: { within: 5m, field: at }',
      meaning: expect.arrayContaining(['It recovers with the next event.']),
    })
  })

  test.each([
    ['{"at":"2026-03-02T08:00:00+01:00"}', '2026-03-02T07:00:00.000Z\n'],
    ['{"at":1772438400}', '2026-03-02T08:00:00.000Z\n'],
    ['{"at":"2099-01-01"}', 'too far ahead of our clock'],
    ['{"at":"soon"}', 'none, so the rule does not see the event'],
    ['{}', 'none, so the rule does not see the event'],
  ])('a rule over the stream finds the time in %s', async (event, found) => {
    const file = files.writeContract('stream', rules)
    const { exitCode, out } = await assay([
      'explain',
      file,
      'flows',
      files.write('event.json', event),
      '--now',
      '2026-03-02T09:00:00Z',
    ])
    expect(exitCode).toBe(0)
    expect(out).toContain(`the time of the event, \`at\`: ${found.includes('Z') ? found : ''}`)
    expect(out).toContain(found)
  })

  test('names a rule that is nearly meant, of either kind', async () => {
    const file = files.writeContract('stream', rules)
    const { exitCode, err } = await assay(['explain', file, 'flow'])
    expect(exitCode).toBe(2)
    expect(err).toContain('Did you mean "flows"?')
  })
})
