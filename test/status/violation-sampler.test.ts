import { describe, expect, test } from 'vitest'
import { compileContracts } from '../../src/evaluate/compile.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import type { SampledViolation } from '../../src/model/violation.ts'
import { contractOf, NOW_MS, readFrom, recordOf } from '../evaluate/support.ts'
import type { Files, RuleText } from '../evaluate/support.ts'
import { SampledTopic, testHash } from './support.ts'

function topicOf(rules: readonly RuleText[], head: RuleText = {}, files: Files = {}): CompiledTopic {
  const { topics, problems } = compileContracts([contractOf(rules, head)], readFrom(files))
  const [topic] = topics
  if (topic === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
  return topic
}

/** The violation of the only rule that fails on one event. */
function violationOf(
  rule: RuleText,
  event: unknown,
  head: RuleText = {},
  files: Files = {},
): SampledViolation {
  const topic = new SampledTopic(topicOf([rule], head, files))
  topic.judge(event)
  const [samples] = topic.sampler.drain()
  const [violation] = samples?.violations ?? []
  if (violation === undefined) throw new Error('nothing was sampled')
  return violation
}

const SCHEMA = 'rules/ads/schemas/main.schema.json'

test('a violation has its coordinates, its reason and nothing of the event', () => {
  const topic = new SampledTopic(topicOf([{ id: 'positive', assert: 'user.age > 17' }]))
  const key = Buffer.from('alice@example.org')
  topic.judge({ user: { name: 'Alice', age: 12 } }, { partition: 3, offset: 42, key })
  const [samples] = topic.sampler.drain()
  expect(samples?.count).toBe(1)
  expect(samples?.violations).toEqual([
    {
      contract: 'ads.ad-published',
      rule: 'positive',
      result: 'fail',
      reason: 'false',
      message: '`user.age > 17` is false',
      path: undefined,
      topic: 'ads.ad-published.v1',
      partition: 3,
      offset: 42,
      keyHash: testHash(key),
      timestampMs: NOW_MS - 1000,
      judgedAtMs: NOW_MS,
      values: [],
      explanation: [
        { text: 'user.age > 17', depth: 0, outcome: 'false' },
        { text: 'user.age', depth: 1, outcome: 'a number' },
      ],
    },
  ])
  expect(JSON.stringify(samples?.violations)).not.toMatch(/[Aa]lice/)
})

test('good events are not sampled, and an interval begins anew', () => {
  const topic = new SampledTopic(topicOf([{ id: 'positive', assert: 'n > 0' }]))
  topic.judge({ n: 1 })
  expect(topic.sampler.drain()).toEqual([])
  topic.judge({ n: 0 })
  expect(topic.sampler.drain()).toHaveLength(1)
  expect(topic.sampler.drain()).toEqual([])
})

describe('values', () => {
  const head = { samples: { fields: ['ad.id', 'user', 'items.sku'] } }
  const event = {
    ad: { id: 'ad-7', title: 'secret title' },
    user: { email: 'alice@example.org', city: 'Lyon', age: 31 },
    items: [{ sku: 'a', note: 'secret note' }, { sku: 'b' }],
  }
  const failing = { id: 'never', assert: 'false' }

  test('only those of the allow-list are shown, those in lists item by item', () => {
    const { values } = violationOf(failing, event, head)
    expect(values).toEqual([
      { path: 'ad.id', text: '"ad-7"' },
      { path: 'user', text: '{"email": "alice@example.org", "city": "Lyon", "age": 31}' },
      { path: 'items.sku', text: '"a"' },
      { path: 'items.sku', text: '"b"' },
    ])
  })

  test('a class decides more than the allow-list, and holds for what is inside of the field', () => {
    const fields = { 'user.email': { pii: 'high' }, 'user.city': { pii: 'low' }, ad: { pii: 'high' } }
    const { values } = violationOf(failing, event, { ...head, fields })
    expect(values[0]).toEqual({
      path: 'user',
      text: `{"city": "hash:${testHash('Lyon')}", "age": 31}`,
    })
    expect(JSON.stringify(values)).not.toMatch(/alice|Lyon|ad-7/)
  })

  test('a class of a part of a list holds for all its items', () => {
    const { values } = violationOf(failing, event, {
      samples: { fields: ['items'] },
      fields: { 'items.note': { pii: 'high' } },
    })
    expect(values).toEqual([{ path: 'items', text: '[{"sku": "a"}, {"sku": "b"}]' }])
  })

  test('a personal object has no hash either', () => {
    const { values } = violationOf(failing, event, { ...head, fields: { user: { pii: 'low' } } })
    expect(values.map(({ path }) => path)).not.toContain('user')
  })

  test('huge values stay small', () => {
    const { values } = violationOf(
      failing,
      {
        ad: { id: 'x'.repeat(1_000_000) },
        user: Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`k${n}`, n])),
        items: Array.from({ length: 9999 }, () => ({ sku: 1 })),
      },
      head,
    )
    expect(JSON.stringify(values).length).toBeLessThan(1500)
    expect(values.length).toBeLessThan(10)
  })

  test.each([null, 5, 'text', [], { ad: null }, { ad: [1] }])('of %j there is nothing to show', (other) => {
    expect(violationOf(failing, other, head).values).toEqual([])
  })

  test('names that objects inherit lead nowhere', () => {
    const inherited = { samples: { fields: ['constructor.name', '__proto__', 'toString'] } }
    expect(violationOf(failing, {}, inherited).values).toEqual([])
  })
})

describe('messages', () => {
  test('a text that the rule made of the event is not told', () => {
    const rule = { id: 'told', assert: '$error("bad address " & user.email)' }
    const violation = violationOf(rule, { user: { email: 'alice@example.org' } })
    expect(violation).toMatchObject({ result: 'error', reason: 'D3137' })
    expect(JSON.stringify(violation)).not.toContain('alice')
  })

  test('nor that of $assert, nor in a condition', () => {
    const rule = { id: 'told', when: '$assert(false, user.email)', assert: 'true' }
    const violation = violationOf(rule, { user: { email: 'alice@example.org' } })
    expect(violation.result).toBe('error')
    expect(JSON.stringify(violation)).not.toContain('alice')
  })

  test('names that the schema does not know are data', () => {
    const schema = {
      properties: { users: { additionalProperties: { properties: { age: { minimum: 0 } } } } },
    }
    const event = { users: { 'alice@example.org': { age: -1 } } }
    const violation = violationOf(
      { id: 'shape', schema: './schemas/main.schema.json' },
      event,
      {},
      {
        [SCHEMA]: schema,
      },
    )
    expect(violation).toMatchObject({ reason: 'schema', path: '/users/*/age', message: 'must be >= 0' })
  })

  test('the name of a field that may not be there is not told', () => {
    const schema = { properties: { id: true }, additionalProperties: false, propertyNames: { maxLength: 5 } }
    const violation = violationOf(
      { id: 'shape', schema: './schemas/main.schema.json' },
      { 'alice@example.org': 1 },
      {},
      {
        [SCHEMA]: schema,
      },
    )
    expect(JSON.stringify(violation)).not.toContain('alice')
  })

  test('places in lists are told', () => {
    const schema = { properties: { items: { items: { type: 'string' } } } }
    const violation = violationOf(
      { id: 'shape', schema: './schemas/main.schema.json' },
      { items: ['a', 5] },
      {},
      {
        [SCHEMA]: schema,
      },
    )
    expect(violation.path).toBe('/items/1')
  })
})

describe('explanations', () => {
  const rule = { id: 'cheap', assert: 'ad.price < 100 and user.age > 17' }
  const event = { ad: { price: 250 }, user: { age: 31 } }

  test('show a value that the allow-list names, of others the type', () => {
    const outcomes = violationOf(rule, event, { samples: { fields: ['ad.price'] } }).explanation
    expect(outcomes).toContainEqual({ text: 'ad.price', depth: 2, outcome: '250' })
    expect(violationOf(rule, event).explanation).toContainEqual({
      text: 'ad.price',
      depth: 2,
      outcome: 'a number',
    })
  })

  test('show no value that is classified', () => {
    for (const pii of ['high', 'low']) {
      const head = { samples: { fields: ['ad.price'] }, fields: { ad: { pii } } }
      expect(JSON.stringify(violationOf(rule, event, head))).not.toContain('250')
    }
  })

  test('a name in brackets is not taken for the field that it looks like', () => {
    const nested = { id: 'n', assert: '$count(users[name = "x"]) > 0 and $exists(users.name[$ != "Alice"])' }
    const violation = violationOf(
      nested,
      { name: 'public', users: [{ name: 'Alice' }] },
      { samples: { fields: ['name'] } },
    )
    expect(JSON.stringify(violation.explanation.map(({ outcome }) => outcome))).not.toContain('Alice')
  })

  test('the answer to a question about a hidden field is not told', () => {
    const about = { id: 'n', assert: '(patient.isSick = true or n > 5) and n > 9' }
    const violation = violationOf(
      about,
      { patient: { isSick: true }, n: 1 },
      { fields: { 'patient.isSick': { pii: 'high' } } },
    )
    const sick = violation.explanation.filter(({ text }) => text === 'patient.isSick = true')
    for (const { outcome } of sick) expect(outcome).toBe('a boolean')
  })

  test('a condition that can not be evaluated is explained in place of the assertion', () => {
    const violation = violationOf({ id: 'n', when: 'kind', assert: 'true' }, { kind: 'secret' })
    expect(violation).toMatchObject({ result: 'error', explanation: [{ text: 'kind', outcome: 'a string' }] })
  })

  test('have a bound for an interval', () => {
    const topic = new SampledTopic(
      topicOf(Array.from({ length: 100 }, (_, n) => ({ id: `rule_${n}`, assert: 'n > 0' }))),
    )
    for (let n = 0; n < 50; n++) topic.judge({ n: -n }, { offset: n })
    const violations = topic.sampler.drain().flatMap((samples) => samples.violations)
    expect(violations.filter(({ explanation }) => explanation.length > 0)).toHaveLength(25)
    expect(violations.length).toBeLessThanOrEqual(500)
    expect(violations.length).toBeGreaterThan(300)
  })
})

test('records that can not be read are told of every contract that relies on them', () => {
  const contracts = [contractOf([{ assert: 'true' }]), contractOf([{ assert: 'true' }], { id: 'other' })]
  const [topic] = compileContracts(contracts, readFrom({})).topics
  if (topic === undefined) throw new Error('no topic')
  const { sampler } = new SampledTopic(topic)
  for (let offset = 0; offset < 10; offset++) sampler.afterRejected('not_json', recordOf({ offset }), NOW_MS)
  const samples = sampler.drain()
  expect(samples.map(({ contract, rule, count }) => [contract.contract.id, rule, count])).toEqual([
    ['ads.ad-published', undefined, 10],
    ['other', undefined, 10],
  ])
  expect(samples[1]?.violations[0]).toMatchObject({
    contract: 'other',
    result: 'undecodable',
    reason: 'not_json',
  })
})
