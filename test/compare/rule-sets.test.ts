import { describe, expect, test } from 'vitest'
import { compareOne, compareRule, compareVersions, oneContract } from './support.ts'

const RULE = { id: 'r', assert: 'price > 0' }
const A = { assert: 'price > 0' }

/** What changes of a rule, its kind, base, head. */
const RULES: readonly (readonly [what: string, kind: string, base: object, head: object])[] = [
  ['severity error → warning', 'loosened', A, { ...A, severity: 'warning' }],
  ['severity info → warning', 'tightened', { ...A, severity: 'info' }, { ...A, severity: 'warning' }],
  ['missing: skip', 'loosened', A, { ...A, missing: 'skip' }],
  ['missing: fail', 'tightened', { ...A, missing: 'skip' }, A],
  ['a condition that is new', 'loosened', A, { ...A, when: 'status = "active"' }],
  ['a condition that is gone', 'tightened', { ...A, when: 'status = "active"' }, A],
  ['a narrower condition', 'loosened', { ...A, when: 'a > 0' }, { ...A, when: 'a > 0 and b = 1' }],
  ['a wider condition', 'tightened', { ...A, when: 'a > 1' }, { ...A, when: 'a > 0' }],
  ['another condition', 'changed', { ...A, when: 'a = 1' }, { ...A, when: 'b = 1' }],
  ['a description', 'metadata', A, { ...A, description: 'A price is above zero.' }],
  ['a dimension', 'metadata', A, { ...A, dimension: 'conformity' }],
  ['a schema in place of an assertion', 'changed', A, { schema: './s.json' }],
  ['both ways at once', 'changed', A, { assert: 'price > 1', severity: 'warning' }],
  ['one way twice', 'loosened', A, { assert: 'price > -1', severity: 'warning' }],
  ['one way, and metadata', 'tightened', A, { assert: 'price > 1', description: 'Above one.' }],
]

test.each(RULES)('%s: %s', (_, kind, base, head) => {
  expect(compareRule(base, head)?.kind).toBe(kind)
})

test('a rule that is laid out otherwise is no difference', () => {
  expect(compareRule({ ...A, when: 'a = 1' }, { assert: '(price>0)', when: ' a=1 ' })).toBeUndefined()
})

/** What changes of a contract, its kind, base, head. */
const HEADS: readonly (readonly [what: string, kind: string, base: object, head: object])[] = [
  ['tombstones: fail', 'tightened', {}, { tombstones: 'fail' }],
  ['tombstones: ignore', 'loosened', { tombstones: 'fail' }, {}],
  ['another format', 'changed', { format: 'json' }, {}],
  ['another topic', 'changed', {}, { topic: 'ads.ad-published.v2' }],
  ['a higher objective', 'tightened', validity(99, '30d'), validity(99.9, '30d')],
  ['a lower objective', 'loosened', validity(99.9, '30d'), validity(99, '30d')],
  ['another window', 'changed', validity(99, '30d'), validity(99, '7d')],
  ['a promise', 'tightened', {}, validity(99, '30d')],
  ['a promise less', 'loosened', validity(99, '30d'), {}],
  ['an owner', 'metadata', {}, { owner: 'team-crm' }],
  ['a version', 'metadata', {}, { version: '1.1.0' }],
  ['a producer', 'metadata', {}, { producer: { team: 'team-ads' } }],
  ['consumers', 'metadata', {}, { consumers: ['crm'] }],
  [
    'a link',
    'metadata',
    { links: { runbook: 'https://a.example' } },
    { links: { runbook: 'https://b.example' } },
  ],
  ['a classification', 'metadata', {}, { fields: { 'user.email': { pii: 'high' } } }],
  ['a domain', 'metadata', {}, { domain: 'crm' }],
]

function validity(objective: number, window: string) {
  return { promises: { validity: { objective, window } } }
}

test.each(HEADS)('%s: %s', (_, kind, base, head) => {
  const difference = compareOne(oneContract([RULE], base), oneContract([RULE], head))
  expect(difference).toMatchObject({ kind, rules: [] })
  expect(difference?.details).toHaveLength(1)
})

describe('a rule', () => {
  test('that is new asks for more', () => {
    const head = oneContract([RULE, { id: 'new', assert: 'a = 1', description: 'A is one.' }])
    expect(compareOne(oneContract([RULE]), head)).toMatchObject({
      kind: 'tightened',
      rules: [{ rule: 'new', kind: 'added', description: 'A is one.' }],
    })
  })

  test('that is gone asks for less', () => {
    const base = oneContract([RULE, { id: 'old', assert: 'a = 1' }])
    expect(compareOne(base, oneContract([RULE]))).toMatchObject({
      kind: 'loosened',
      rules: [{ rule: 'old', kind: 'removed' }],
    })
  })

  test('of another id that checks the same was renamed', () => {
    const head = oneContract([{ id: 'price_is_positive', assert: '( price > 0 )' }])
    expect(compareOne(oneContract([RULE]), head)).toMatchObject({
      kind: 'metadata',
      rules: [{ rule: 'price_is_positive', formerly: 'r', kind: 'renamed' }],
    })
  })

  test('of another id that checks something else is another one', () => {
    const head = oneContract([{ id: 'other', assert: 'price > 1' }])
    expect(compareOne(oneContract([RULE]), head)?.rules.map(({ kind }) => kind)).toEqual(['added', 'removed'])
  })
})

function file(name: string, id: string, head: object = {}) {
  return {
    [`${name}.contract.yaml`]: { ...oneContract([RULE]).contracts['a.contract.yaml'], id, ...head },
  }
}

describe('a contract', () => {
  test('that is new or gone is told once, with its rules', () => {
    const base = { contracts: { ...file('a', 'a'), ...file('b', 'b', { topic: 'b' }) } }
    const head = { contracts: { ...file('a', 'a'), ...file('c', 'c', { topic: 'c' }) } }
    expect(compareVersions(base, head).contracts).toMatchObject([
      { contract: 'b', kind: 'removed', rules: [{ kind: 'removed' }] },
      { contract: 'c', kind: 'added', rules: [{ kind: 'added' }] },
    ])
  })

  test.each([
    ['in the same file', 'a', {}],
    ['with the same rules on the same topic', 'moved', {}],
  ])('of another id %s was renamed', (_, name, head) => {
    const compared = compareVersions({ contracts: file('a', 'old') }, { contracts: file(name, 'new', head) })
    expect(compared.contracts).toMatchObject([
      { contract: 'new', formerly: 'old', kind: 'renamed', rules: [] },
    ])
    expect(compared.pairs).toEqual([
      { base: { contract: 'old', rule: 'r' }, head: { contract: 'new', rule: 'r' } },
    ])
  })

  test('in another file is the same one', () => {
    const compared = compareVersions({ contracts: file('a', 'a') }, { contracts: file('b', 'a') })
    expect(compared.contracts).toEqual([])
  })
})
