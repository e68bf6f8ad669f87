import { compileContracts } from '../../src/evaluate/compile.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import { contractOf, readFrom } from '../evaluate/support.ts'
import type { RuleText } from '../evaluate/support.ts'

export const ADS = 'ads.ad-published.v1'
export const PAYMENTS = 'ads.payment-captured.v1'

const AD_SCHEMA = {
  type: 'object',
  properties: {
    ad: {
      type: 'object',
      properties: { id: { type: 'string' }, price: { properties: { amount: { type: 'number' } } } },
      required: ['id'],
    },
    user: { properties: { email: { type: 'string' }, city: { type: 'string' } } },
  },
}

/** Topics ready to run, of contracts that each have a head and rules. */
export function topicsWith(
  contracts: readonly { head: RuleText; rules: readonly RuleText[] }[],
): readonly CompiledTopic[] {
  const files = { 'rules/ads/schemas/ad.schema.json': AD_SCHEMA }
  const { topics, problems } = compileContracts(
    contracts.map(({ head, rules }) => contractOf(rules, head)),
    readFrom(files),
  )
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return topics
}

/** A domain as one finds it: rules of all kinds, promises, classified fields, two teams on one topic. */
export function exampleTopics(): readonly CompiledTopic[] {
  return topicsWith([
    {
      head: {
        id: 'search.ad-published',
        topic: ADS,
        owner: 'team-search',
        producer: { team: 'team-ads', service: 'ad-publisher' },
        consumers: ['search-indexer', 'crm-mailer'],
        description: 'What search assumes about published ads.',
        links: { runbook: 'https://wiki.example.org/ads' },
        fields: {
          'user.email': { pii: 'high', description: 'The seller’s address.' },
          'user.city': { pii: 'low' },
          'ad.id': { pii: 'none' },
        },
        samples: { fields: ['ad.id', 'ad.price.amount', 'user'] },
        promises: { validity: { objective: 99, window: '30m' } },
      },
      rules: [
        {
          id: 'ad_shape',
          description: 'The event has the shape that the indexer was built for.',
          dimension: 'conformity',
          schema: './schemas/ad.schema.json',
        },
        {
          id: 'price_is_positive',
          description: 'An active ad has a price above zero.',
          when: 'ad.status = "active"',
          assert: 'ad.price.amount > 0',
          tolerance: { fail: '1%', over: '2m', minimumEvents: 10 },
        },
        {
          id: 'seller_is_known',
          severity: 'warning',
          assert: '$exists(user.email) and $contains(user.email, "@")',
        },
        { id: 'still_flowing', dimension: 'timeliness', freshness: { within: '5m' } },
        { id: 'usual_volume', volume: { over: '1m', min: 1 } },
      ],
    },
    {
      head: {
        id: 'crm.ad-published',
        topic: ADS,
        owner: 'team-crm',
        promises: { validity: { objective: 99.9, window: '1h' } },
      },
      rules: [{ id: 'has_id', assert: '$exists(ad.id)' }],
    },
    {
      head: {
        id: 'crm.payment-captured',
        topic: PAYMENTS,
        owner: 'team-crm',
        producer: { team: 'team-pay' },
        description: 'Payments for the yearly report.',
      },
      rules: [{ id: 'amount_is_positive', assert: 'amount > 0' }],
    },
  ])
}

/** An event that keeps all promises. */
export function goodAd(n: number): object {
  return {
    ad: { id: `ad-${n}`, status: 'active', price: { amount: 100 + n } },
    user: { email: `seller-${n}@example.org`, city: 'Lyon' },
  }
}
