import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RuleText } from '../evaluate/support.ts'
import { ADS, topicsWith } from './contracts.ts'
import { ServedEngine } from './served-engine.ts'

/** Planted where events hold it: values, names of fields, keys, headers, and text that is no JSON. */
const SECRET = 'alice.secret@example.org'
const CITY = 'Neverland'
const ALLOWED = 'ad-allowed-1'

const RULES: readonly RuleText[] = [
  { id: 'shape', schema: './schemas/ad.schema.json' },
  { id: 'told', assert: '$error("bad " & user.email)' },
  { id: 'asserted', assert: '$assert(false, user.email)' },
  { id: 'asked', when: 'user.email', assert: 'true' },
  { id: 'given', assert: 'user.email' },
  { id: 'typed', assert: 'user.email > 5' },
  { id: 'compared', assert: 'user.email = "x" and user.city = "y"' },
  { id: 'joined', assert: '$contains($string($), "zzz")' },
  { id: 'keyed', assert: '$key = "none" or $headers.who = "none"' },
  { id: 'listed', assert: '$exists(users[email = "none"])' },
  { id: 'sick', assert: 'user.isSick = false' },
  { id: 'number', assert: '$number(user.email) > 1' },
  { id: 'time', assert: '$toMillis(user.email) > 1' },
  { id: 'length', assert: '$length(user.email) < 3' },
]

const EVENTS = [
  {
    ad: { id: ALLOWED, price: { amount: SECRET } },
    user: { email: SECRET, city: CITY, isSick: true, note: SECRET, [SECRET]: SECRET },
    users: [{ email: SECRET }],
    [SECRET]: { [SECRET]: SECRET },
  },
  { ad: SECRET, user: SECRET },
  [SECRET],
  SECRET,
  `{"${SECRET}": `,
]

let served: ServedEngine

beforeEach(async () => {
  served = await ServedEngine.start(
    topicsWith([
      {
        head: {
          id: 'privacy',
          topic: ADS,
          samples: { fields: ['ad.id', 'user.email', 'user.city'] },
          fields: { 'user.email': { pii: 'high' }, 'user.city': { pii: 'low' }, users: { pii: 'high' } },
          tombstones: 'fail',
        },
        rules: RULES,
      },
    ]),
  )
  for (let round = 0; round < 3; round++) {
    await served.feed(ADS, EVENTS)
    await served.flush()
  }
})

afterEach(() => served.close())

/** Everything that leaves the process but the metrics that a sink takes. */
async function everything(): Promise<string> {
  const paths = [
    '/metrics',
    '/healthz',
    '/readyz',
    '/api/v1/status',
    '/api/v1/catalogue',
    '/api/v1/violations',
    '/api/v1/contracts/privacy',
  ]
  const answers = await Promise.all(paths.map(async (path) => (await fetch(`${served.url}${path}`)).text()))
  return [
    ...answers,
    JSON.stringify(served.running.log.lines),
    JSON.stringify(served.running.sink.taken),
  ].join('\n')
}

test('planted data appears nowhere: not on the page, in the API, in logs or in metrics', async () => {
  const text = await everything()
  expect(text).toContain('"rule":"told"')
  for (const planted of [SECRET, CITY, 'alice', 'example.org', Buffer.from(SECRET).toString('base64')])
    expect(text).not.toContain(planted)
})

test('what is allowed appears, and of personal values only a hash', async () => {
  const text = await everything()
  expect(text).toContain(ALLOWED)
  expect(text).toMatch(/"path":"user\.city","text":"hash:[0-9a-f]{12}"/)
})

test('every rule that failed or could not judge is told of', async () => {
  const { violations } = (await served.get('/api/v1/contracts/privacy')) as {
    violations: { rule?: string }[]
  }
  const told = new Set(violations.map(({ rule }) => rule))
  expect(told.size).toBeGreaterThanOrEqual(6)
})

test('the log has a line a minute for a rule, however much fails, and says how much it left out', async () => {
  const before = served.running.lines(/Events fail a rule|can not judge|can not be read/).length
  expect(before).toBeLessThanOrEqual(30)
  for (let round = 0; round < 12; round++) {
    await served.feed(ADS, EVENTS)
    await served.flush()
  }
  const lines = served.running.lines(/Events fail a rule|can not judge|can not be read/)
  const ofShape = lines
    .filter(({ fields }) => fields?.rule === 'compared')
    .map(({ fields }) => fields?.events)
  expect(ofShape.length).toBeGreaterThan(1)
  expect(ofShape.length).toBeLessThanOrEqual(4)
})
