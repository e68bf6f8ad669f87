/**
 * Measures what windows and statuses add to each event, against one JSON.parse of the event, in turns in one process. Ends with exit code 1
 * if they add more than half of one. Run: npm run bench:stream
 */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { createRandom } from '../../tools/ads/random.ts'
import { makeAdPublished } from '../../tools/ads/ad-published.ts'
import { parseContract } from '../../src/contract/parse.ts'
import { compileContracts } from '../../src/evaluate/compile.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import { EventContext } from '../../src/evaluate/context.ts'
import { EventJudge } from '../../src/evaluate/event-judge.ts'
import type { JudgedEvent } from '../../src/model/judged-event.ts'
import { TopicStream } from '../../src/stream/topic-stream.ts'
import { measure, median } from './expression/measure.ts'

const EVENTS = 10_000
const ROUNDS = 11
/** Between two events; so a window of 15 minutes goes on to its next bucket with every thousandth of them. */
const EVENT_MS = 30
const PROMISED = 0.5
const START_MS = Date.UTC(2025, 0, 1)
const FOLDER = new URL('service/rules/ads/', import.meta.url).pathname

type Rule = Readonly<Record<string, unknown>>

const TOLERANCE = { warn: '0.1%', fail: '1%', over: '15m', minimumEvents: 100 }
const PROMISES = { validity: { objective: 99.9, window: '30d' }, freshness: { rule: 'flows', objective: 99 } }
const ARRIVAL: readonly Rule[] = [
  { id: 'flows', freshness: { within: '5m' } },
  { id: 'usual_volume', volume: { over: '5m', min: 100, max: 50_000 } },
]
const EVENT_TIME: readonly Rule[] = [
  { id: 'flows', freshness: { within: '5m', field: 'occurred_at' } },
  { id: 'usual_volume', volume: { over: '5m', min: 100, max: 50_000, field: 'occurred_at' } },
]
/** @param least what the price of an ad must be above, by the rule's number. */
function manyRules(least: (index: number) => number): readonly Rule[] {
  return Array.from({ length: 4000 }, (_, index) => ({
    id: `rule_${index}`,
    ...(index % 10 === 0 ? { when: 'ad.status = "paused"' } : {}),
    assert: `ad.price.amount > ${least(index)}`,
    tolerance: { ...TOLERANCE, over: `${5 + (index % 3) * 5}m` },
  }))
}

function compile(head: Rule, rules: readonly Rule[], promises: Rule = {}): CompiledTopic {
  const text = JSON.stringify({ ...head, promises, rules })
  const { contract, problems } = parseContract(`${FOLDER}bench.contract.yaml`, text)
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems))
  const schema = readFileSync(`${FOLDER}schemas/ad-published.schema.json`, 'utf8')
  const [topic] = compileContracts([contract], (_, path) => ({ path, text: schema })).topics
  if (topic === undefined) throw new Error('no topic')
  return topic
}

/** Judges all events once, and plays the verdicts again without the judge, whose time is not asked for. */
class Playback {
  readonly #judged: JudgedEvent
  /** The real judge overwrites its verdicts with those of the next event: these are of all, one after the other. */
  readonly #verdicts: Uint8Array
  readonly #results: Uint8Array
  readonly #events: readonly unknown[]
  readonly #context = new EventContext(
    { topic: 'bench', partition: 0, offset: 0, timestampMs: 0, key: null, value: null, headers: {} },
    START_MS,
  )
  readonly #stream: TopicStream
  #nowMs = START_MS
  readonly #ticksMs: number[] = []
  /** What judging takes, beside which the rest is to be seen. */
  readonly judgingUs: number

  constructor(topic: CompiledTopic, events: readonly unknown[]) {
    const judge = new EventJudge(topic.contracts)
    this.#events = events
    this.#stream = new TopicStream(topic, START_MS)
    this.#verdicts = new Uint8Array(judge.verdicts.length * events.length)
    this.#results = new Uint8Array(judge.results.length * events.length)
    const startMs = performance.now()
    events.forEach((event, index) => {
      judge.judge(event, this.#context)
      this.#verdicts.set(judge.verdicts, index * judge.verdicts.length)
      this.#results.set(judge.results, index * judge.results.length)
    })
    this.judgingUs = ((performance.now() - startMs) * 1000) / events.length
    const { firstRules, fails, errors } = judge
    const [verdicts, results] = [new Uint8Array(judge.verdicts.length), new Uint8Array(judge.results.length)]
    this.#judged = { verdicts, results, firstRules, fails, errors, verdict: (rule) => judge.verdict(rule) }
  }

  /** What it costs to play the verdicts alone. */
  copy(): void {
    for (let index = 0; index < this.#events.length; index++) this.#set(index)
  }

  count(): void {
    for (let index = 0; index < this.#events.length; index++) {
      this.#set(index)
      this.#nowMs += EVENT_MS
      this.#stream.countEvent(this.#judged, this.#events[index], this.#context, this.#nowMs)
    }
  }

  tick(): void {
    const nowMs = this.#nowMs
    const facts = { isBehind: false, isReachable: true, isEmpty: false, newestArrivalMs: nowMs }
    const startMs = performance.now()
    this.#stream.tick({ ...facts, nowMs, watermarkMs: nowMs })
    this.#ticksMs.push(performance.now() - startMs)
  }

  get tickMs(): number {
    return median(this.#ticksMs)
  }

  #set(index: number): void {
    copyTo(this.#judged.verdicts, this.#verdicts, index)
    copyTo(this.#judged.results, this.#results, index)
  }
}

/** Without a view on the source, which would be garbage. */
function copyTo(target: Uint8Array, source: Uint8Array, index: number): void {
  const first = index * target.length
  for (let place = 0; place < target.length; place++) target[place] = source[first + place] as number
}

const random = createRandom(7)
const texts = Array.from({ length: EVENTS }, (_, index) => {
  const ad = makeAdPublished(random, START_MS + index * EVENT_MS)
  return JSON.stringify(index % 50 === 0 ? { ...ad, ad: { ...ad.ad, price: undefined } } : ad)
})
const events = texts.map((text): unknown => JSON.parse(text))
/** So many rules are judged at length. */
const FEW_EVENTS = 500

const { rules, ...head } = parse(readFileSync(`${FOLDER}ad-published.contract.yaml`, 'utf8')) as Rule & {
  readonly rules: readonly Rule[]
}
const tolerant = rules.map((rule) => ({ ...rule, tolerance: TOLERANCE }))
const cases = [
  { name: 'eleven rules with tolerance', topic: compile(head, tolerant), isPromised: true },
  {
    name: '… promises, volume, freshness',
    topic: compile(head, [...tolerant, ...ARRIVAL], PROMISES),
    isPromised: true,
  },
  {
    name: '… by the time in the event',
    topic: compile(head, [...tolerant, ...EVENT_TIME], PROMISES),
    isPromised: true,
  },
  {
    name: '4,000 rules with tolerance',
    topic: compile(
      head,
      manyRules(() => 0),
    ),
    isPromised: true,
    most: FEW_EVENTS,
  },
  // The hardest case: nearly every event fails other rules than all events before, and many of them.
  {
    name: '… that no two events fail alike',
    topic: compile(
      head,
      manyRules((index) => index * 25),
    ),
    isPromised: false,
    most: FEW_EVENTS,
  },
]

process.stdout.write(`${'µs per event'.padEnd(32)}    adds  JSON.parse  ratio  judging  a tick, ms\n`)
for (const { name, topic, isPromised, most = EVENTS } of cases) {
  const played = events.slice(0, most)
  const playback = new Playback(topic, played)
  const [parsing = 0, copying = 0, counting = 0] = await measure(
    [
      { name: 'JSON.parse', run: () => texts.slice(0, played.length).forEach((text) => JSON.parse(text)) },
      { name: 'copy', run: () => playback.copy() },
      { name: 'count', run: () => playback.count() },
    ],
    played.length,
    ROUNDS,
  )
  for (let tick = 0; tick < ROUNDS; tick++) {
    playback.count()
    playback.tick()
  }
  const adds = counting - copying
  const ratio = adds / parsing
  process.stdout.write(
    `${name.padEnd(32)} ${adds.toFixed(3).padStart(7)} ${parsing.toFixed(2).padStart(11)} ${ratio.toFixed(3).padStart(6)} ${playback.judgingUs.toFixed(1).padStart(8)} ${playback.tickMs.toFixed(1).padStart(11)}\n`,
  )
  if (!isPromised) continue
  if (ratio > PROMISED) process.exitCode = 1
}
process.stdout.write(
  `${process.exitCode === 1 ? 'BROKEN' : 'holds'}: at most ${PROMISED} of one JSON.parse is added to an event\n`,
)
