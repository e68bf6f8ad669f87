import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { makeStarter } from '../../src/infer/make-starter.ts'
import type { Starter, StarterNames } from '../../src/infer/starter.ts'
import { TEMPLATE } from '../../src/infer/template.ts'
import { tryOut } from '../../src/infer/trial.ts'
import type { Problem } from '../../src/model/problem.ts'

const NAMES: StarterNames = {
  topic: 'ads.ad-published.v1',
  domain: 'ads',
  owner: 'team-search',
  name: 'ad-published',
  format: 'json',
}
const NOW_MS = Date.UTC(2026, 5, 1)

const make = (events: readonly unknown[], names = NAMES) =>
  makeStarter(names, { events, origin: 'from a test', advice: 'Read it.' }, NOW_MS)

function starterOf(events: readonly unknown[], names = NAMES): Starter {
  const starter = make(events, names)
  if (!('contract' in starter)) throw new Error(JSON.stringify(starter satisfies readonly Problem[]))
  return starter
}

interface TestFile {
  readonly now?: string
  readonly bases: { readonly good: { readonly event: unknown } }
  readonly cases: readonly {
    readonly name: string
    readonly base?: string
    readonly with?: unknown
    readonly event?: unknown
    readonly expect: Readonly<Record<string, string>>
  }[]
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const merged: Record<string, unknown> = typeof target === 'object' && target !== null ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  }
  return merged
}

/** Runs the test of a starter as its reader would: all is read from the texts. */
function expectToHold(
  { contract, schema, test: testFile, rules }: Starter,
  events: readonly unknown[],
): void {
  const trial = tryOut('rules/x.contract.yaml', contract.text, schema.text)
  expect(trial.problems).toEqual([])
  for (const event of events) {
    const verdicts = [...trial.verdicts(event, NOW_MS)]
    expect(verdicts).toEqual(rules.map((rule) => [rule, 'pass']))
  }
  const file = parse(testFile.text) as TestFile
  const seen = new Set<string>()
  for (const { with: patch, event, base, expect: expected } of file.cases) {
    const tried =
      base === undefined
        ? event
        : patch === undefined
          ? file.bases.good.event
          : mergePatch(file.bases.good.event, patch)
    const verdicts = trial.verdicts(tried, file.now === undefined ? 0 : Date.parse(file.now))
    for (const [rule, verdict] of verdicts) {
      expect(verdict).toBe(expected[rule] ?? 'pass')
      seen.add(`${rule} ${verdict}`)
    }
  }
  expect([...seen].sort()).toEqual(rules.flatMap((rule) => [`${rule} fail`, `${rule} pass`]).sort())
}

const ORDER = {
  event_id: 'eafb8b18-e880-4c54-aa57-d3f17510b745',
  occurred_at: '2026-03-02T08:00:00Z',
  user: { email: 'jean.dupont@example.com', first_name: 'Jean', id: 'u-201911' },
  order: {
    total: 12.5,
    quantity: 0,
    comment: 'Bring it to the back door',
    items: [{ sku: 'a1', gift: true }],
  },
}

describe('a first contract', () => {
  test('has a rule for the shape, amounts and the time of the event, each with a passing and a failing case', () => {
    const starter = starterOf([ORDER, ORDER])
    expect(starter.rules).toEqual([
      'ad_published_shape',
      'order_total_is_positive',
      'order_quantity_is_not_negative',
      'occurred_at_is_not_in_the_future',
    ])
    expectToHold(starter, [ORDER])
  })

  test('names personal data, and shows none of it', () => {
    const { personal, contract, schema, test: testFile } = starterOf([ORDER])
    expect(personal).toEqual([
      { path: 'user.email', pii: 'high' },
      { path: 'user.first_name', pii: 'high' },
    ])
    expect(contract.text).toContain('  user.email: { pii: high }\n')
    for (const { text } of [contract, schema, testFile]) {
      expect(text).not.toMatch(/jean|dupont|201911|back door|eafb8b18/i)
    }
  })

  test('keeps words that events share, and no others', () => {
    const events = ['cars', 'cars', 'cars', 'boats'].map((category) => ({
      category,
      status: 'active',
      who: 'Jean',
    }))
    const { text } = starterOf([
      ...events,
      { category: 'a pony called Jean', status: 'x', who: 'Marie', extra: 1 },
    ]).test
    expect(text).toContain('category: example category')
    expect(text).toContain('who: example who')
    const { text: shared } = starterOf(events.toReversed()).test
    expect(shared).toContain('status: active')
    expect(shared).toContain('category: example category')
    expect(starterOf(events.slice(0, 3)).test.text).toContain('category: cars')
  })

  test('asserts nothing that the sample contradicts', () => {
    const future = { ...ORDER, occurred_at: '2031-01-01T00:00:00Z' }
    const refund = { ...ORDER, order: { ...ORDER.order, total: -3 } }
    expect(starterOf([ORDER, future, refund]).rules).toEqual([
      'ad_published_shape',
      'order_quantity_is_not_negative',
    ])
  })

  test('asserts nothing of fields that may be missing, null, or in lists', () => {
    const events = [
      { fee: 1, a: { price: 1 }, l: [{ price: 1 }] },
      { a: { price: null }, l: [] },
    ]
    expect(starterOf(events).rules).toEqual(['ad_published_shape'])
    expectToHold(starterOf(events), events)
  })

  test('is the same each time', () => {
    expect(starterOf([ORDER])).toEqual(starterOf([structuredClone(ORDER)]))
  })

  test.each<[string, unknown]>([
    ['names that JSONata can’t read as they are', { 'unit price': 5, 'the-total': 6, and: { amount: 1 } }],
    ['names in another script', { Größe: 1, 価格: { amount: 3 } }],
    ['names with quotes of all kinds', { '`price`': 1, '"amount"': 2, "'total'": 3, 'a.b': { price: 1 } }],
    [
      'texts that YAML would read as something else',
      { a: 'yes', b: '1.0', c: '~', d: '# no', e: '2026-03-02', f: 'null' },
    ],
    ['texts with line breaks and controls', { text: 'a\nb\r\n\u0000\u001B[2J\u2028 c: d', status: 'x: y' }],
    ['names with line breaks', { 'a\nb': 1, 'total\namount': 2, ' price ': 3 }],
    ['very large and very small numbers', { price: 1e300, cost: 5e-324, total: Number.MAX_SAFE_INTEGER }],
    ['an event of two hundred levels', JSON.parse(`${'{"a":['.repeat(45)}1${']}'.repeat(45)}`)],
    ['an empty event', {}],
    ['a list', [1, { price: 2 }]],
    ['a text', 'text'],
    ['null', null],
  ])('holds for %s', (_, event) => {
    expectToHold(starterOf([event]), [event])
  })

  test('holds for events of many shapes', () => {
    const events = [
      { type: 'a', amount: 1, x: [1, 'b'] },
      { type: 'b', at: '2026-01-01T00:00:00Z' },
      { y: null },
    ]
    expectToHold(starterOf(events), events)
  })

  test('holds for any sample', () => {
    const name = fc.constantFrom(
      'id',
      'price',
      'occurred_at',
      'status',
      'email',
      'a b',
      'items',
      'x',
      'lat',
      '12',
      '34',
    )
    const leaf = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.integer(),
      fc.constantFrom('2026-03-02T08:00:00Z', 'active', 'a@b.example', 'https://x.example/', '', null),
    )
    const { event } = fc.letrec((tie) => ({
      event: fc.dictionary(name, fc.oneof(leaf, tie('event'), fc.array(tie('event'), { maxLength: 3 })), {
        maxKeys: 6,
      }),
    }))
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), (events) => {
        expectToHold(starterOf(events as unknown[]), events as unknown[])
      }),
      { numRuns: 12 },
    )
  })

  test('without a sample is a template that holds', () => {
    const starter = makeStarter(NAMES, TEMPLATE, NOW_MS)
    if (!('contract' in starter)) throw new Error('no starter')
    expectToHold(starter, TEMPLATE.events)
    expect(starter.contract.text).toContain('assay init --from events.ndjson')
  })
})

test('events that have nothing in common make no contract', () => {
  expect(make([{}, [], 'a', 1.5, true, null])).toMatchObject([{ code: 'SAMPLE_UNUSABLE' }])
})

test('names that no contract can have are refused with the reason of the contract language', () => {
  const codes = new Set((make([ORDER], { ...NAMES, domain: 'Ads!' }) as Problem[]).map(({ code }) => code))
  expect([...codes]).toEqual(['CONTRACT_BAD_VALUE'])
})
