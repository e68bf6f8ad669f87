import { describe, expect, test } from 'vitest'
import { checkGovernance } from '../../../src/contract/policy/govern.ts'
import { governed, policyFile } from './support.ts'

const POLICY = { id: 'versioned', pattern: { key: 'topic', matches: '^x', says: 'x' } }

function waiver(changes: object = {}) {
  return { policy: 'versioned', contract: 'ads.a', until: '2027-01-31', reason: 'Soon.', ...changes }
}

/** Codes of the problems of one contract that does not comply, on a day. */
function codesOn(today: string, waivers: object[], isWhole = true): string[] {
  const file = policyFile({ policies: [POLICY], waivers })
  return checkGovernance(file, [governed()], today, isWhole).map(({ code }) => code)
}

/** Messages about one contract. */
function messagesOf(policies: object[], contract: object = {}, layers: object = {}): string[] {
  const file = policyFile({ policies, ...layers })
  return checkGovernance(file, [governed(contract, file)], '2027-01-01', true).map(({ message }) => message)
}

describe('a waiver', () => {
  test.each([
    ['waives up to its day', '2027-01-31', []],
    ['ends with its day', '2027-02-01', ['POLICY_NAME', 'WAIVER_EXPIRED']],
    ['ends for good', '2031-01-01', ['POLICY_NAME', 'WAIVER_EXPIRED']],
  ])('%s', (_, today, codes) => {
    expect(codesOn(today, [waiver()])).toEqual(codes)
  })

  test('of another contract or policy waives nothing', () => {
    expect(codesOn('2027-01-01', [waiver({ contract: 'ads.b' })])).toEqual(['POLICY_NAME', 'WAIVER_UNUSED'])
  })

  test('of a contract that was not looked at is left alone', () => {
    expect(codesOn('2027-01-01', [waiver({ contract: 'ads.b' })], false)).toEqual(['POLICY_NAME'])
  })

  test('of a contract that complies is told also where not all were looked at', () => {
    const file = policyFile({ policies: [POLICY], waivers: [waiver()] })
    const problems = checkGovernance(file, [governed({ topic: 'x' })], '2027-01-01', false)
    expect(problems).toMatchObject([{ code: 'WAIVER_UNUSED', severity: 'warning' }])
  })

  test('waives one policy, and no other', () => {
    const other = { id: 'teams', allow: { key: 'owner', values: ['team-crm'] } }
    const file = policyFile({ policies: [POLICY, other], waivers: [waiver()] })
    expect(checkGovernance(file, [governed()], '2027-01-01', true).map(({ code }) => code)).toEqual([
      'POLICY_VALUE_NOT_ALLOWED',
    ])
  })
})

describe('a policy', () => {
  test('has the severity that it says', () => {
    const severities = ['error', 'warning', 'info'].map((severity) => {
      const file = policyFile({ policies: [{ ...POLICY, severity }] })
      return checkGovernance(file, [governed()], '2027-01-01', true)[0]?.severity
    })
    expect(severities).toEqual(['error', 'warning', 'info'])
  })

  test('that requires a key is content with a default of the platform, and not with one of the language', () => {
    const policies = [{ id: 'basics', require: ['links.runbook', 'tombstones', 'rules.severity'] }]
    expect(messagesOf(policies)).toHaveLength(3)
    const defaults = {
      links: { runbook: 'https://a.example' },
      tombstones: 'fail',
      rule: { severity: 'info' },
    }
    expect(messagesOf(policies, {}, { defaults })).toEqual([])
  })

  test('about rules is held against those of the contract, and not against those of the platform', () => {
    const policies = [
      { id: 'explained', require: ['rules.description'] },
      { id: 'few', maxRules: 1 },
    ]
    const layers = { overrides: { rules: [{ id: 'has_id', assert: 'a' }] } }
    expect(messagesOf(policies, {}, layers)).toEqual([
      'policy "explained": rule "positive": `description` is missing',
    ])
  })

  test('about a list is held against each item', () => {
    const policies = [{ id: 'known', allow: { key: 'consumers', values: ['indexer'] } }]
    expect(messagesOf(policies, { consumers: ['indexer', 'mailer', 'mailer2'] })).toHaveLength(2)
  })

  test('about a key that is not written says nothing', () => {
    expect(messagesOf([{ id: 'a', pattern: { key: 'tags.tier', matches: '^x', says: 'x' } }])).toEqual([])
  })
})

const POLICIES = [{ id: 'personal', classify: ['email', 'phone'] }]

function rules(assert: string) {
  return { rules: [{ id: 'a', assert }] }
}

describe('a policy of personal fields', () => {
  test('is told of each field once, at its first mention', () => {
    expect(messagesOf(POLICIES, rules('$exists(user.email) and user.email != "" and phone > 1'))).toEqual([
      'policy "personal": the field `user.email` looks personal ("email") and is not classified',
      'policy "personal": the field `phone` looks personal ("phone") and is not classified',
    ])
  })

  test.each([
    ['its own class', 'user.email', { 'user.email': { pii: 'high' } }],
    ['the class none', 'user.email', { 'user.email': { pii: 'none' } }],
    ['the class of what it stands in', 'user.email.verified', { user: { pii: 'low' } }],
    [
      'a field that ends like it, where it begins anywhere',
      '$map(users, function($u){ $u.email })',
      { 'users.email': { pii: 'high' } },
    ],
  ])('is content with %s', (_, assert, fields) => {
    expect(messagesOf(POLICIES, { ...rules(assert), fields })).toEqual([])
  })

  test.each([
    ['a field of the same name elsewhere', 'user.email', { 'seller.email': { pii: 'high' } }],
    ['an entry without a class', 'user.email', { 'user.email': { description: 'The address.' } }],
  ])('is not content with %s', (_, assert, fields) => {
    expect(messagesOf(POLICIES, { ...rules(assert), fields })).toHaveLength(1)
  })
})

describe('rules over the stream', () => {
  const flows = { id: 'flows', freshness: { within: '5m', field: 'user.email_at' } }
  const positive = { id: 'positive', assert: 'n > 0', tolerance: 'none' }

  test('count as rules, in the order of the file', () => {
    const contract = { rules: [positive, flows] }
    expect(messagesOf([{ id: 'few', maxRules: 1 }], contract)).toEqual([
      'policy "few": the contract has 2 rules; at most 1 are allowed',
    ])
    expect(messagesOf([{ id: 'few', maxRules: 2 }], contract)).toEqual([])
  })

  test('may name personal fields', () => {
    expect(messagesOf([{ id: 'pii', classify: ['email'] }], { rules: [flows] })).toEqual([
      'policy "pii": the field `user.email_at` looks personal ("email") and is not classified',
    ])
  })

  test('have values that policies look at', () => {
    const allow = { key: 'rules.freshness.within', values: ['1m'] }
    expect(messagesOf([{ id: 'quick', allow }], { rules: [flows] })).toEqual([
      'policy "quick": rule "flows": `freshness.within` must be one of `1m`; found "5m"',
    ])
  })
})

test('keys of a value with a short form are looked at in its long one', () => {
  const policies = [
    { id: 'windows', pattern: { key: 'rules.tolerance.over', matches: '^15m$', says: 'a quarter' } },
  ]
  const candidates = [
    { id: 'none', assert: 'a', tolerance: 'none' },
    { id: 'right', assert: 'a', tolerance: { fail: '1%', over: '15m' } },
    { id: 'wrong', assert: 'a', tolerance: { fail: '1%', over: '1h' } },
  ]
  expect(messagesOf(policies, { rules: candidates })).toEqual([
    'policy "windows": rule "wrong": `tolerance.over` must be a quarter; found "1h"',
  ])
})

test('a key is missing only where it could stand', () => {
  const candidates = [
    { id: 'asserted', assert: 'a' },
    { id: 'shaped', schema: './a.json' },
    { id: 'flows', freshness: { within: '5m' } },
  ]
  expect(messagesOf([{ id: 'say_it', require: ['rules.missing'] }], { rules: candidates })).toEqual([
    'policy "say_it": rule "asserted": `missing` is missing',
  ])
})
