import { expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import { syntaxTree } from '../../src/expression/index.ts'
import { inspectContracts } from '../../src/inspect/inspect.ts'

const SCHEMA = {
  type: 'object',
  required: ['occurred_at'],
  properties: {
    occurred_at: { type: 'string', format: 'date-time' },
    sent: { type: ['integer', 'string', 'null'] },
    day: { type: 'string', format: 'date' },
    hour: { type: 'integer', minimum: 0, maximum: 23 },
    id: { type: 'string', format: 'uuid' },
    status: { enum: ['active', 'sold'] },
    user: { type: 'object', properties: { seen: { type: 'number' } }, additionalProperties: false },
    steps: { type: 'array', items: { type: 'object', properties: { at: { type: 'string' } } } },
  },
}

/** Messages and hints about the `field` of a rule over the stream. */
function findings(field: string, schema: unknown = SCHEMA, more: object = {}): string[] {
  const rules = [
    { id: 'shape', schema: './s.json' },
    { id: 'flows', freshness: { within: '5m', field }, ...more },
  ]
  const head = { apiVersion: 'assay/v1', id: 'a', version: '1.0.0', topic: 'a', domain: 'a', owner: 'a' }
  const { contract, problems } = parseContract('a.contract.yaml', JSON.stringify({ ...head, rules }))
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
  const read = () => ({ path: 's.json', text: JSON.stringify(schema) })
  return inspectContracts([contract], read, syntaxTree).map(({ code, message }) => `${code}: ${message}`)
}

test.each(['occurred_at', 'sent', 'day', 'user.seen', 'steps.at', '$toMillis(occurred_at)', '$timestamp'])(
  'the time %s may be meant',
  (field) => {
    expect(findings(field)).toEqual([])
  },
)

test.each([
  ['ocurred_at', 'PATH_IMPOSSIBLE: rule "flows": the schema knows no `ocurred_at`'],
  [
    'user.seen_at',
    'PATH_IMPOSSIBLE: rule "flows": no event has `seen_at` in `user`: the schema allows no such field',
  ],
  [
    'created',
    'PATH_NOT_DESCRIBED: rule "flows": the schema does not describe `created`, so a typing mistake could not be seen',
  ],
  ['id', 'FIELD_NEVER_A_TIME: rule "flows": `id` is text of the format uuid, which is never a time'],
  [
    'hour',
    'FIELD_NEVER_A_TIME: rule "flows": `hour` is a whole number of at least 0 and at most 23, which is never a time',
  ],
  ['status', 'FIELD_NEVER_A_TIME: rule "flows": `status` is one of "active", "sold", which is never a time'],
  ['user', 'FIELD_NEVER_A_TIME: rule "flows": `user` is an object, which is never a time'],
  [
    '$exists(sent)',
    'FIELD_NEVER_A_TIME: rule "flows": `$exists(sent)` is true or false, which is never a time',
  ],
  [
    '"occurred_at"',
    'FIELD_NEVER_A_TIME: rule "flows": `"occurred_at"` is the same for every event, so it tells no time',
  ],
  [
    '$millis()',
    'FIELD_NEVER_A_TIME: rule "flows": `$millis()` tells when the event is judged, so every event would be of now',
  ],
])('of the time %s the author is told', (field, message) => {
  expect(findings(field)).toEqual([message])
})

test('nothing is said where nothing is known of the events', () => {
  expect(findings('anything.at', true)).toEqual([])
})

test('what is known may be ignored, and what is ignored must be there', () => {
  const ignore = { FIELD_NEVER_A_TIME: 'It is a time of the producer.' }
  expect(findings('id', SCHEMA, { ignore })).toEqual([])
  expect(findings('occurred_at', SCHEMA, { ignore })).toEqual([
    'IGNORE_UNUSED: rule "flows": FIELD_NEVER_A_TIME is ignored here, and there is no such warning',
  ])
})

test('an expression that is nested beyond all bounds is let be', () => {
  expect(findings(`${'('.repeat(20_000)}a${')'.repeat(20_000)}`)).toEqual([])
})
