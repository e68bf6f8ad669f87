import { describe, expect, test } from 'vitest'
import { deepFreeze } from '../expression/support.ts'
import { verdictOf } from './support.ts'

const SECRET = 'jean.dupont@example.org'

const AD = deepFreeze({ ad: { price: { amount: 12 }, images: [], title: SECRET, flag: 'yes', none: null } })

/** Generous for busy machines. */
const SOON_MS = 2000

describe('an assertion', () => {
  test.each([
    ['true passes', 'ad.price.amount > 0', { kind: 'pass' }],
    ['false fails', 'ad.price.amount > 100', { kind: 'fail', reason: 'false' }],
    ['a missing field fails for want of a value', 'ad.cost.amount > 0', { kind: 'fail', reason: 'no_value' }],
    [
      'a sum over nothing fails for want of a value',
      '$sum(ad.images.$length($)) < 1000',
      { kind: 'fail', reason: 'no_value' },
    ],
    [
      'a comparison of unlike types fails by type',
      'ad.title > 0',
      { kind: 'fail', reason: 'type', code: 'T2009' },
    ],
    ['arithmetic on text fails by type', 'ad.title + 1 > 0', { kind: 'fail', reason: 'type', code: 'T2001' }],
    [
      'a function of the wrong type fails by type',
      '$length(ad.price.amount) > 0',
      { kind: 'fail', reason: 'type', code: 'T0410' },
    ],
    [
      'text that is no number fails by type',
      '$number(ad.title) > 0',
      { kind: 'fail', reason: 'type', code: 'D3030' },
    ],
    [
      'text that is no time fails by type',
      '$toMillis(ad.title) > 0',
      { kind: 'fail', reason: 'type', code: 'D3110' },
    ],
    ['a number is an error', 'ad.price.amount', { kind: 'error', code: 'NOT_BOOLEAN' }],
    ['a text is an error', 'ad.flag', { kind: 'error', code: 'NOT_BOOLEAN' }],
    ['null is an error', 'ad.none', { kind: 'error', code: 'NOT_BOOLEAN' }],
    ['an array is an error', 'ad.[price, title]', { kind: 'error', code: 'NOT_BOOLEAN' }],
    ['an object is an error', 'ad.price', { kind: 'error', code: 'NOT_BOOLEAN' }],
    ['a function is an error', '$sum', { kind: 'error', code: 'EXPRESSION_YIELDS_FUNCTION' }],
    ['what the rule throws itself is an error', '$error("no") = 1', { kind: 'error', code: 'D3137' }],
    [
      'endless recursion is an error',
      '($f := function($n){ 1 + $f($n) }; $f(1)) > 0',
      { kind: 'error', code: 'D1011' },
    ],
    [
      'an exceeded budget is an error',
      '($f := function($n){ $f($n) }; $f(1)) > 0',
      { kind: 'error', code: 'D1012' },
    ],
  ])('%s', (_, assert, verdict) => {
    const startedMs = performance.now()
    expect(verdictOf({ assert }, AD)).toMatchObject(verdict)
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS)
  })

  test.each([
    ['no value is skipped', 'ad.cost > 0', { kind: 'skip', reason: 'missing' }],
    ['false still fails', 'ad.price.amount > 100', { kind: 'fail', reason: 'false' }],
    ['a type error still fails', 'ad.title > 0', { kind: 'fail', reason: 'type' }],
    ['true still passes', 'ad.price.amount > 0', { kind: 'pass' }],
    ['a number is still an error', 'ad.price.amount', { kind: 'error' }],
  ])('with `missing: skip`, %s', (_, assert, verdict) => {
    expect(verdictOf({ assert, missing: 'skip' }, AD)).toMatchObject(verdict)
  })

  test.each([
    'ad.title = "x"',
    'ad.title > 0',
    'ad.title + 1 > 0',
    '-ad.title > 0',
    '$number(ad.title) > 0',
    '$toMillis(ad.title) > 0',
    '$sum(ad.title) > 0',
    '$length(ad) > 0',
    'ad.title',
    '[1..ad.title] = 1',
  ])('says nothing of the event’s values: `%s`', (assert) => {
    expect(JSON.stringify(verdictOf({ assert }, AD))).not.toContain('jean')
  })

  test('names what it expects, cut to a line', () => {
    const assert = `ad.price.amount > 100 and\n  ${Array.from({ length: 40 }, (_, index) => `ad.a${index} = 1`).join(' and ')}`
    const verdict = verdictOf({ assert }, AD)
    const message = verdict.kind === 'fail' ? verdict.message : ''
    expect(message).toMatch(/^`ad\.price\.amount > 100 and ad\.a0 = 1.*…` is false$/)
    expect(message.length).toBeLessThan(110)
  })
})

describe('a condition', () => {
  test.each([
    ['true applies the rule', 'ad.price.amount = 12', { kind: 'fail', reason: 'false' }],
    ['false skips it', 'ad.price.amount = 13', { kind: 'skip', reason: 'when' }],
    ['no value skips it', 'ad.status = "active" and ad.gone > 1', { kind: 'skip', reason: 'when' }],
    ['a missing field skips it', 'ad.gone > 1', { kind: 'skip', reason: 'when' }],
    ['a number is an error', 'ad.price.amount', { kind: 'error', code: 'NOT_BOOLEAN' }],
    ['null is an error', 'ad.none', { kind: 'error', code: 'NOT_BOOLEAN' }],
    ['a type error is an error, though data caused it', 'ad.title > 0', { kind: 'error', code: 'T2009' }],
    [
      'an exceeded budget is an error',
      '($f := function($n){ $f($n) }; $f(1)) > 0',
      { kind: 'error', code: 'D1012' },
    ],
  ])('%s', (_, when, verdict) => {
    expect(verdictOf({ when, assert: 'false' }, AD)).toMatchObject(verdict)
  })

  test('stands before a schema too', () => {
    const files = { 'rules/ads/none.schema.json': false }
    const rule = { when: 'kind = "ad"', schema: './none.schema.json' }
    expect(verdictOf(rule, { kind: 'ad' }, undefined, files).kind).toBe('fail')
    expect(verdictOf(rule, { kind: 'bid' }, undefined, files)).toEqual({ kind: 'skip', reason: 'when' })
  })

  test('an error says that the condition is at fault, and nothing of the event', () => {
    const verdict = verdictOf({ when: 'ad.title > 0', assert: 'true' }, AD)
    expect(JSON.stringify(verdict)).toContain('`when`')
    expect(JSON.stringify(verdict)).not.toContain('jean')
  })
})
