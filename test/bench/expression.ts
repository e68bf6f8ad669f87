/**
 * Measures ten typical rules on generated ad events: upstream's asynchronous interpreter without budgets against ours with all budgets.
 * Both run in turns in one process, so that the ratio means something on a busy machine. Run: node test/bench/expression.ts
 */
import jsonata from 'jsonata'
import { type CompiledExpression, compileExpression } from '../../src/expression/index.ts'

const RULES = [
  'ad.price.amount > 0',
  'user.type = "pro" ? $exists(user.siret) : true',
  '$count(ad.images) <= 10',
  'ad.price.currency in ["EUR","CHF"]',
  '$toMillis(occurred_at) < $millis()',
  'location.lat >= 41 and location.lat <= 51.5 and location.lng >= -5.5 and location.lng <= 10',
  '$length(ad.title) >= 5 and $contains(ad.title, /[a-z]/i)',
  '$count(ad.attributes[key="year"]) = 1 and $number(ad.attributes[key="year"].value) > 1950',
  '$not(ad.status = "active" and ad.category = "")',
  '$sum(ad.images.$length($)) < 1000',
]
const EVENTS = 2000
const ROUNDS = 7

function adEvent(index: number): unknown {
  return {
    event_id: `e-${index}`,
    occurred_at: new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString(),
    user: {
      id: `u-${index % 97}`,
      type: index % 3 === 0 ? 'pro' : 'private',
      ...(index % 3 === 0 && { siret: '12345678901234' }),
    },
    ad: {
      id: `a-${index}`,
      status: index % 5 === 0 ? 'paused' : 'active',
      category: 'cars',
      title: `Compact car number ${index}, one owner`,
      price: { amount: 1000 + (index % 5000), currency: index % 2 === 0 ? 'EUR' : 'CHF' },
      images: Array.from(
        { length: index % 4 },
        (_, image) => `https://images.example.org/${index}/${image}.jpg`,
      ),
      attributes: [
        { key: 'brand', value: 'example' },
        { key: 'year', value: String(1990 + (index % 30)) },
        { key: 'fuel', value: 'petrol' },
      ],
    },
    location: { lat: 41 + (index % 10), lng: (index % 15) - 5, city: 'Lyon' },
  }
}

async function runUpstream(
  rules: readonly jsonata.Expression[],
  events: readonly unknown[],
): Promise<number> {
  const startMs = performance.now()
  for (const event of events) {
    for (const rule of rules) await rule.evaluate(event)
  }
  return performance.now() - startMs
}

function runOurs(rules: readonly CompiledExpression[], events: readonly unknown[]): number {
  const context = { nowMs: Date.now(), variable: () => undefined }
  const startMs = performance.now()
  for (const event of events) {
    for (const rule of rules) rule.evaluate(event, context)
  }
  return performance.now() - startMs
}

function microsecondsPerEvent(timesMs: readonly number[]): number {
  const sorted = timesMs.toSorted((a, b) => a - b)
  return ((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 1000) / EVENTS
}

async function compare(name: string, sources: readonly string[], events: readonly unknown[]): Promise<void> {
  const upstream = sources.map((source) => jsonata(source))
  const ours = sources.map((source) => compileExpression(source))
  const upstreamMs: number[] = []
  const oursMs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    upstreamMs.push(await runUpstream(upstream, events))
    oursMs.push(runOurs(ours, events))
  }
  const [theirs, own] = [microsecondsPerEvent(upstreamMs), microsecondsPerEvent(oursMs)]
  const columns = [
    theirs.toFixed(2).padStart(8),
    own.toFixed(2).padStart(8),
    (own / theirs).toFixed(2).padStart(6),
  ]
  process.stdout.write(`${columns.join(' ')}  ${name}\n`)
}

const events = Array.from({ length: EVENTS }, (_, index) => adEvent(index))
process.stdout.write('upstream     ours  ratio  µs per event, median of rounds\n')
for (const rule of RULES) await compare(rule, [rule], events)
await compare('all ten rules', RULES, events)
