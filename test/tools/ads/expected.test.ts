import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { AD_FAULTS } from '../../../tools/ads/ad-faults.ts'
import { AD_TOPIC, generateAds, generatePayments, PAYMENT_TOPIC } from '../../../tools/ads/events.ts'
import {
  createExpectedCounter,
  EXPECTED_CONTRACTS,
  type ExpectedCounts,
} from '../../../tools/ads/expected.ts'
import { PAYMENT_FAULTS } from '../../../tools/ads/payment-faults.ts'

const RULES = join(import.meta.dirname, '../../../rules/ads')
const baseTimeMs = Date.parse('2026-03-02T08:00:00.000Z')
const topics = [
  { topic: AD_TOPIC, generate: generateAds, faults: Object.keys(AD_FAULTS) },
  { topic: PAYMENT_TOPIC, generate: generatePayments, faults: Object.keys(PAYMENT_FAULTS) },
]

/** The counts of the contracts on `topic`, after one record. */
function countOne(topic: string, value: Buffer | null): [string, ExpectedCounts][] {
  const counter = createExpectedCounter(baseTimeMs)
  counter.take(topic, value)
  const ids = EXPECTED_CONTRACTS.filter((contract) => contract.topic === topic).map(({ id }) => id)
  return [...counter.contracts].filter(([id]) => ids.includes(id))
}

/** Names of the rules that did not pass, and the results, over the contracts on `topic`. */
function verdictsOn(topic: string, value: Buffer | null): string[] {
  return countOne(topic, value).flatMap(([id, { events, rules }]) => {
    const results = Object.entries(events).filter(([, count]) => count > 0)
    const notPassed = Object.entries(rules).flatMap(([rule, counts]) =>
      counts.fail > 0 ? [`${rule} fails`] : counts.error > 0 ? [`${rule} is in error`] : [],
    )
    return [`${id}: ${results.map(([result]) => result).join()}`, ...notPassed]
  })
}

test('the hand-written rules are those of the contract files', () => {
  const files = readdirSync(RULES).filter((name) => name.endsWith('.contract.yaml'))
  const contracts = files.map((name) => parse(readFileSync(join(RULES, name), 'utf8')))
  const written = contracts.map(({ id, topic, tombstones, rules }) => ({
    id,
    topic,
    tombstones,
    rules: rules.map((rule: { id: string; severity?: string }) => [rule.id, rule.severity ?? 'error']),
  }))
  const byHand = EXPECTED_CONTRACTS.map(({ id, topic, tombstones, rules }) => ({
    id,
    topic,
    tombstones,
    rules: rules.map((rule) => [rule.id, rule.severity]),
  }))
  expect(byHand.toSorted(byId)).toEqual(written.toSorted(byId))
})

test.each(topics)(
  'on $topic every fault breaks a rule, and good events break none',
  ({ topic, generate, faults }) => {
    const breaking = new Set<string>()
    for (const { value, fault } of generate({
      seed: 1,
      count: 10_000,
      baseTimeMs,
      undecodableEvery: 0,
      tombstoneEvery: 0,
    })) {
      const isBroken = verdictsOn(topic, value).some(
        (line) => line.endsWith('fails') || line.endsWith('is in error'),
      )
      if (fault === undefined) expect(isBroken, String(value)).toBe(false)
      else if (isBroken) breaking.add(fault)
    }
    expect([...breaking].toSorted()).toEqual(faults.toSorted())
  },
)

test('a rule that is only a warning makes the event a warning, in its own contract alone', () => {
  const text = good(AD_TOPIC).replace(/"country":"\w\w"/, '"country":"DE"')
  expect(verdictsOn(AD_TOPIC, Buffer.from(text))).toEqual([
    'ads.search-ad-published: pass',
    'ads.crm-ad-published: warn',
    'country_is_served fails',
  ])
})

test('an undecided condition is an error of its rule and no fail', () => {
  const text = good(PAYMENT_TOPIC).replace(/"gross":(\d+)/, '"gross":"$1"')
  expect(verdictsOn(PAYMENT_TOPIC, Buffer.from(text))).toEqual([
    'ads.crm-payment-captured: fail',
    'payment_shape fails',
    'amounts_add_up fails',
    'gross_is_positive fails',
    'fee_is_at_most_a_fifth is in error',
  ])
})

test('a tombstone is neither good nor bad, unless the contract says so', () => {
  expect(verdictsOn(AD_TOPIC, null)).toEqual([
    'ads.search-ad-published: tombstone',
    'ads.crm-ad-published: tombstone',
  ])
  expect(verdictsOn(PAYMENT_TOPIC, null)).toEqual(['ads.crm-payment-captured: fail'])
})

test('each kind of spoiled record is undecodable', () => {
  for (const { value, fault } of generateAds({
    seed: 1,
    count: 16,
    baseTimeMs,
    undecodableEvery: 1,
    tombstoneEvery: 0,
  })) {
    expect(verdictsOn(AD_TOPIC, value), fault).toContain('ads.search-ad-published: undecodable')
  }
})

test('topics of nobody are not counted', () => {
  const counter = createExpectedCounter(baseTimeMs)
  counter.take('other', Buffer.from(good(AD_TOPIC)))
  for (const { events } of counter.contracts.values())
    expect(new Set(Object.values(events))).toEqual(new Set([0]))
})

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id.localeCompare(b.id)
}

function good(topic: string): string {
  const generate = topic === AD_TOPIC ? generateAds : generatePayments
  const [record] = generate({ seed: 1, count: 1, baseTimeMs })
  return String(record?.value)
}
