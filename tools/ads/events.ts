import { AD_FAULTS, type Plant } from './ad-faults.ts'
import { makeAdPublished } from './ad-published.ts'
import { PAYMENT_FAULTS } from './payment-faults.ts'
import { makePaymentCaptured } from './payment-captured.ts'
import { createRandom, type Random } from './random.ts'
import { SPOILED, type Spoil } from './undecodable.ts'

export const AD_TOPIC = 'ads.ad-published.v1'
export const PAYMENT_TOPIC = 'ads.payment-captured.v1'

/** Which records to make. Of each kind, every n-th record is one: 0 means none. */
export interface GeneratorOptions {
  readonly seed: number
  readonly count: number
  /** The last event happened one interval before it; choose it not later than the time of judging. */
  readonly baseTimeMs: number
  /** Time between two events. Default 10. */
  readonly intervalMs?: number
  /** Events that break a rule. Default 50. */
  readonly brokenEvery?: number
  /** Records that can't be read. Default 1000. */
  readonly undecodableEvery?: number
  /** Records without a value. Default 2000. */
  readonly tombstoneEvery?: number
}

/** A record to be written to Kafka. */
export interface GeneratedRecord {
  readonly key: string
  readonly value: Buffer | null
  readonly timestampMs: number
  /** What was planted: a name of the faults or of the spoiled records, `tombstone`, or undefined for a good event. */
  readonly fault: string | undefined
}

/** Makes records of published ads: the same ones for the same options. */
export function generateAds(options: GeneratorOptions): Generator<GeneratedRecord> {
  return generate(options, makeAdPublished, Object.entries(AD_FAULTS), (event) => event.ad.id)
}

/** Makes records of captured payments: the same ones for the same options. */
export function generatePayments(options: GeneratorOptions): Generator<GeneratedRecord> {
  return generate(options, makePaymentCaptured, Object.entries(PAYMENT_FAULTS), (event) => event.payment.id)
}

function* generate<Event>(
  options: GeneratorOptions,
  make: (random: Random, occurredAtMs: number) => Event,
  faults: readonly [string, Plant<Event>][],
  keyOf: (event: Event) => string,
): Generator<GeneratedRecord> {
  const random = createRandom(options.seed)
  const plan = createPlan(options, faults)
  for (let index = 0; index < options.count; index++) {
    const timestampMs = options.baseTimeMs - (options.count - index) * (options.intervalMs ?? 10)
    const event = make(random, timestampMs)
    const key = keyOf(event)
    const { fault, toValue } = plan(index)
    yield { key, value: toValue(event, random), timestampMs, fault }
  }
}

interface Step<Event> {
  readonly fault: string | undefined
  toValue(event: Event, random: Random): Buffer | null
}

/** Says what becomes of the n-th event, for n in rising order. */
function createPlan<Event>(
  options: GeneratorOptions,
  faults: readonly [string, Plant<Event>][],
): (index: number) => Step<Event> {
  const { brokenEvery = 50, undecodableEvery = 1000, tombstoneEvery = 2000 } = options
  const nextBroken = inTurn(faults.map(([fault, plant]) => brokenStep(fault, plant)))
  const nextSpoiled = inTurn(
    Object.entries(SPOILED).map(([fault, spoil]) => spoiledStep<Event>(fault, spoil)),
  )
  const good: Step<Event> = { fault: undefined, toValue: toBytes }
  const tombstone: Step<Event> = { fault: 'tombstone', toValue: () => null }
  return (index) => {
    // Where two kinds fall on the same record the rarer one wins: the commoner has plenty of others.
    if (isDue(index, tombstoneEvery)) return tombstone
    if (isDue(index, undecodableEvery)) return nextSpoiled() ?? good
    if (isDue(index, brokenEvery)) return nextBroken() ?? good
    return good
  }
}

/** Gives the items one after the other, over and over, so that all come equally often. */
function inTurn<Item>(items: readonly Item[]): () => Item | undefined {
  let given = 0
  return () => items[given++ % items.length]
}

function spoiledStep<Event>(fault: string, spoil: Spoil): Step<Event> {
  return { fault, toValue: (event) => spoil(JSON.stringify(event)) }
}

function brokenStep<Event>(fault: string, plant: Plant<Event>): Step<Event> {
  return {
    fault,
    toValue: (event, random) => {
      plant(event, random)
      return toBytes(event)
    },
  }
}

function toBytes(event: unknown): Buffer {
  return Buffer.from(JSON.stringify(event))
}

function isDue(index: number, every: number): boolean {
  return every > 0 && index % every === every - 1
}
