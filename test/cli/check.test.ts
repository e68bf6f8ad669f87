import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/model/check-result.ts'
import { fakeRegistry, json } from '../adapters/schema-registry/fake-registry.ts'
import { assay, Files } from './support.ts'

const POSITIVE = { id: 'positive', assert: 'n > 0' }

let files: Files

beforeEach(() => {
  files = new Files()
})

afterEach(() => files.remove())

const check = (events: string | Uint8Array, ...more: readonly string[]) =>
  assay(['check', '--rules', files.at('rules'), files.write('events.ndjson', events), ...more])

async function resultOf(events: string | Uint8Array): Promise<CheckResult> {
  const { out } = await check(events, '--output', 'json')
  return JSON.parse(out) as CheckResult
}

const N = { type: 'record', name: 'N', fields: [{ name: 'n', type: 'int' }] }
const line = (value: Uint8Array | null, more: object = {}) =>
  JSON.stringify({ value_base64: value === null ? null : Buffer.from(value).toString('base64'), ...more })
const checkRecords = (lines: readonly string[], env: NodeJS.ProcessEnv, ...more: readonly string[]) =>
  assay(
    [
      'check',
      '--rules',
      files.at('rules'),
      files.write('records.ndjson', lines.join('\n')),
      '--records',
      ...more,
    ],
    env,
  )

describe('records', () => {
  test('are read with their schemas, which are asked for once, and with their keys and headers', async () => {
    const registry = await fakeRegistry(({ url }, response) =>
      url === '/schemas/ids/1' ? json(response, 200, { schema: JSON.stringify(N) }) : json(response, 404, {}),
    )
    const head = { keyFormat: 'avro', format: 'auto' }
    files.writeContract(
      'a',
      [{ id: 'all', assert: 'n = $key.n and $headers.from = "shop" and $timestamp = 5' }],
      head,
    )
    const frame = Buffer.from([0, 0, 0, 0, 1, 4])
    const good = line(frame, {
      key_base64: frame.toString('base64'),
      headers: { from: 'shop' },
      timestamp: 5,
    })
    const lines = [
      good,
      good,
      line(Buffer.from('{"n":1}')),
      line(Buffer.from([0, 0, 0, 0, 2, 4])),
      line(null),
    ]
    const { exitCode, out } = await checkRecords(lines, { SCHEMA_REGISTRY_URL: registry.url }, '-v')
    expect(exitCode).toBe(1)
    expect(out).toContain('Recognised: 2 avro, 1 json')
    expect(out).toContain(
      'line 4: undecodable (schema_unknown): framed with schema id 2: the registry does not know schema 2',
    )
    expect(registry.requests).toHaveLength(2)
  })

  test('a registry that does not answer is no fault of the data', async () => {
    files.writeContract('a', [POSITIVE])
    const env = { SCHEMA_REGISTRY_URL: 'http://ann:swordfish@127.0.0.1:1' }
    const { exitCode, out, err } = await checkRecords([line(Buffer.from([0, 0, 0, 0, 1, 4]))], env)
    expect(exitCode).toBe(4)
    expect(err).toContain('[REGISTRY_UNREACHABLE]')
    expect(out + err).not.toContain('swordfish')
  })

  test.each([
    ['no JSON', 'x', 'line 1 is no JSON object'],
    ['a list', '[]', 'line 1 is no JSON object'],
    ['no value', '{}', 'line 1 has no base64 text in `value_base64`'],
    ['no base64', '{"value_base64": "a"}', 'line 1 has no base64 text in `value_base64`'],
    [
      'a time that is none',
      '{"value_base64": "AA==", "timestamp": "now"}',
      'line 1 has no whole number in `timestamp`',
    ],
    [
      'headers that are none',
      '{"value_base64": "AA==", "headers": {"a": 1}}',
      'line 1 has no texts by name in `headers`',
    ],
  ])('%s is no record', async (_, text, message) => {
    files.writeContract('a', [POSITIVE])
    const { exitCode, err } = await checkRecords([text], {})
    expect(exitCode).toBe(2)
    expect(err).toContain(`${message} [INPUT_UNREADABLE]`)
  })

  test('values in JSON are judged whatever the records are written in', async () => {
    files.writeContract('a', [POSITIVE], { format: 'avro' })
    expect((await check('{"n":1}\n')).exitCode).toBe(0)
  })
})

describe('events', () => {
  test('that are good end well', async () => {
    files.writeContract('a', [POSITIVE])
    const { exitCode, out, err } = await check('{"n":1}\n{"n":2}\n')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out).toMatch(
      /2 events of ads\.ad-published\.v1: 2 pass, 0 warn, 0 fail, 0 error, 0 undecodable\n$/,
    )
  })

  test.each([
    ['that fail', POSITIVE, '{"n":0}', 1, { fail: 1 }],
    ['that can’t be read', POSITIVE, '{', 1, { undecodable: 1 }],
    ['that no rule could judge', { id: 'broken', assert: 'n' }, '{"n":0}', 1, { error: 1 }],
    ['that only a warning fails', { ...POSITIVE, severity: 'warning' }, '{"n":0}', 0, { warn: 1, fail: 0 }],
    ['that only an info rule fails', { ...POSITIVE, severity: 'info' }, '{"n":0}', 0, { pass: 1, fail: 0 }],
    ['that are skipped', { ...POSITIVE, when: 'false' }, '{"n":0}', 0, { pass: 1 }],
  ])('%s', async (_, rule, event, exitCode, events) => {
    files.writeContract('a', [rule])
    expect((await check(event)).exitCode).toBe(exitCode)
    expect((await resultOf(event)).events).toMatchObject({ total: 1, ...events })
  })

  test('have their worst result of all contracts', async () => {
    files.writeContract('a', [POSITIVE])
    files.writeContract('b', [{ ...POSITIVE, severity: 'warning' }], { id: 'b' })
    files.writeContract('c', [{ id: 'small', assert: 'n < 10' }], { id: 'c' })
    const result = await resultOf('{"n":0}\n{"n":5}\n{"n":50}\n')
    expect(result.events).toMatchObject({ total: 3, pass: 1, fail: 2, warn: 0 })
    expect(result.rules.map(({ contract, rule, pass, fail }) => [contract, rule, pass, fail])).toEqual([
      ['ads.ad-published', 'positive', 2, 1],
      ['b', 'positive', 2, 1],
      ['c', 'small', 2, 1],
    ])
  })

  test('that are wrong are shown by line, the first of each rule, without their values', async () => {
    files.writeContract('a', [POSITIVE, { id: 'shape', schema: './a.json' }])
    files.write('rules/a.json', '{"properties":{"name":{"maxLength":3}}}')
    const wrong = '{"n":0,"name":"jean.dupont"}\n'
    const { out } = await check(`{"n":1}\n\n${wrong.repeat(5)}{"jean`)
    expect(out).not.toContain('jean')
    expect(out.match(/line \d+/g)).toEqual([
      'line 3',
      'line 3',
      'line 4',
      'line 4',
      'line 5',
      'line 5',
      'line 8',
    ])
    expect(out).toContain('at /name')
    expect(out).toContain('Undecodable: 1 not_json')
  })

  test('that fail rules in the shadow alone are good, and the fails are shown as what they are', async () => {
    files.writeContract('a', [
      { id: 'always', assert: 'true' },
      { ...POSITIVE, mode: 'shadow' },
    ])
    const { exitCode, out } = await check('{"n":1}\n{"n":-1}\n{"n":0}\n')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/positive \(shadow\) +1 +2 +0 +0 +66\.67 %/)
    expect(out).toContain('line 2: ads.ad-published / positive (shadow): fail (false)')
    expect(out).toContain('3 events of ads.ad-published.v1: 3 pass')
    const { rules, violations } = await resultOf('{"n":-1}\n')
    expect(rules.map(({ mode }) => mode)).toEqual(['live', 'shadow'])
    expect(violations).toMatchObject([{ rule: 'positive', mode: 'shadow' }])
  })

  test('with bytes that are no UTF-8 are judged like records', async () => {
    files.writeContract('a', [POSITIVE])
    const result = await resultOf(Buffer.from([0x7b, 0xff, 0x7d, 0x0a]))
    expect(result.rejected).toEqual({ bad_encoding: 1 })
  })
})

describe('is refused', () => {
  test.each<[string, string, readonly string[], string]>([
    ['a file without events', '\n\n', [], 'NOTHING_JUDGED'],
    ['a topic that no contract watches', '{}', ['--topic', 'ads.other.v1'], 'TOPIC_UNCLEAR'],
  ])('%s', async (_, events, more, code) => {
    files.writeContract('a', [POSITIVE])
    const { exitCode, out, err } = await check(events, ...more)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(`[${code}]`)
  })

  test('a file that is not there', async () => {
    files.writeContract('a', [POSITIVE])
    const { exitCode, err } = await assay(['check', '--rules', files.at('rules'), files.at('gone.ndjson')])
    expect(exitCode).toBe(2)
    expect(err).toContain('[INPUT_UNREADABLE]')
  })

  test('not to say the topic when there are several, and then to say it helps', async () => {
    files.writeContract('a', [POSITIVE])
    files.writeContract('b', [POSITIVE], { id: 'b', topic: 'ads.bid.v1' })
    const { exitCode, err } = await check('{"n":1}')
    expect(exitCode).toBe(2)
    expect(err).toContain('ads.ad-published.v1, ads.bid.v1 [TOPIC_UNCLEAR]')
    expect((await check('{"n":1}', '--topic', 'ads.bid.v1')).exitCode).toBe(0)
  })

  test('a wrong rule: nothing is judged, and nothing stands where results go', async () => {
    files.writeContract('a', [POSITIVE, { id: 'wrong', assert: 'n >' }])
    const { exitCode, out, err } = await check('{"n":1}')
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain('[EXPRESSION_INVALID]')
  })

  test('with JSON for those who asked for JSON', async () => {
    files.writeContract('a', [POSITIVE])
    const { exitCode, out } = await check('', '--output', 'json')
    expect(exitCode).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ problems: [{ code: 'NOTHING_JUDGED', file: null }] })
  })
})

test('the rules folder may come from the environment', async () => {
  files.writeContract('a', [POSITIVE])
  const events = files.write('events.ndjson', '{"n":1}')
  expect((await assay(['check', events], { ASSAY_RULES: files.at('rules') })).exitCode).toBe(0)
  expect(
    (await assay(['check', '--rules', files.at('gone'), events], { ASSAY_RULES: files.at('rules') }))
      .exitCode,
  ).toBe(2)
})
