import type { CompiledContract, CompiledStreamRule } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import type { StreamCheck } from '../model/contract.ts'
import type { Sample } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { count } from '../telemetry/samples.ts'
import { EventTimes, FUTURE, UNREADABLE } from './event-times.ts'
import { FreshnessWatch } from './freshness-watch.ts'
import type { StreamRuleParts } from './stream-check.ts'
import { VolumeWatch } from './volume-watch.ts'
import type { IsSameRule } from './watch.ts'

/** A rule of volume that goes by a time in the event, and where that is found. */
interface TimedVolume {
  readonly watch: VolumeWatch
  readonly place: number
}

/** Watches of one topic's rules over the stream. */
export class StreamChecks {
  /** How far back a look at the log has to go, to know what was known before; 0 if it needs none. */
  readonly longestMs: number
  readonly watches: readonly (FreshnessWatch | VolumeWatch)[]
  readonly #times: EventTimes
  /** By the place of a time: the newest that was seen. */
  readonly #newest: Float64Array
  readonly #byArrival: readonly VolumeWatch[]
  readonly #byTime: readonly TimedVolume[]
  readonly #volumes: readonly VolumeWatch[]
  #ignored = { future: 0, unreadable: 0, late: 0 }
  /** What is read again was counted the first time. */
  #isRebuilding = false

  constructor(rules: readonly StreamRuleParts[], flushIntervalMs: number) {
    this.longestMs = Math.max(0, ...rules.map(({ compiled }) => reachMs(compiled.rule.check)))
    this.#times = new EventTimes(rules.map(({ compiled }) => compiled))
    this.#newest = new Float64Array(this.#times.times.length).fill(UNREADABLE)
    const watched = rules.map((parts) => ({
      watch: this.#watch(parts, flushIntervalMs),
      place: this.#times.placeOf(parts.compiled),
    }))
    this.watches = watched.map(({ watch }) => watch)
    const volumes = watched.flatMap(({ watch, place }) =>
      watch instanceof VolumeWatch ? [{ watch, place }] : [],
    )
    this.#volumes = volumes.map(({ watch }) => watch)
    this.#byArrival = volumes.filter(({ place }) => place === undefined).map(({ watch }) => watch)
    this.#byTime = volumes.flatMap(({ watch, place }) => (place === undefined ? [] : [{ watch, place }]))
  }

  /** Counts an event in the windows of volume, and looks at the times in it if there are rules that want them. */
  countEvent(event: unknown, context: EventContext, arrivalMs: number): void {
    for (let index = 0; index < this.#byArrival.length; index++) {
      ;(this.#byArrival[index] as VolumeWatch).isLate(arrivalMs)
    }
    if (this.#newest.length > 0) this.#countTimes(event, context)
  }

  /** Goes on where the rules of a set before were that are the same. */
  inherit(before: StreamChecks, isSame: IsSameRule): void {
    this.#isRebuilding = before.#isRebuilding
    for (const watch of this.watches) {
      const other = before.watches.find(
        (each) =>
          each.contract.contract.id === watch.contract.contract.id && isSame(watch.compiled, each.compiled),
      )
      if (watch instanceof VolumeWatch && other instanceof VolumeWatch) watch.inherit(other)
      else if (watch instanceof FreshnessWatch && other instanceof FreshnessWatch) watch.inherit(other)
      else continue
      const [place, placeBefore] = [
        this.#times.placeOf(watch.compiled),
        before.#times.placeOf(other.compiled),
      ]
      if (place !== undefined && placeBefore !== undefined)
        this.#newest[place] = before.#newest[placeBefore] as number
    }
  }

  /** Windows of arrivals that had begun by then are not judged. */
  distrust(untilMs: number): void {
    for (const volume of this.#byArrival) volume.distrust(untilMs)
  }

  beginRebuild(fromMs: number): void {
    this.#isRebuilding = true
    for (const volume of this.#volumes) volume.beginRebuild(fromMs)
  }

  endRebuild(sinceMs: number | undefined): void {
    this.#isRebuilding = false
    for (const volume of this.#volumes) volume.endRebuild(sinceMs)
  }

  /** What grew since the last time, and gauges. */
  drain(tags: Readonly<Record<'domain' | 'topic', string>>): Sample[] {
    const ignored = (['future', 'unreadable', 'late'] as const).flatMap((reason) => {
      const value = this.#ignored[reason]
      return value === 0 ? [] : [count('dq.timestamps.ignored', { ...tags, reason }, value)]
    })
    this.#ignored = { future: 0, unreadable: 0, late: 0 }
    return [
      ...this.watches.flatMap((watch) => watch.drain()),
      ...this.#volumes.flatMap((volume) => volume.gauges()),
      ...ignored,
    ]
  }

  #watch(parts: StreamRuleParts, flushIntervalMs: number): FreshnessWatch | VolumeWatch {
    const { check } = parts.compiled.rule
    if (check.kind === 'volume') return new VolumeWatch(parts, check, flushIntervalMs)
    const place = this.#times.placeOf(parts.compiled)
    return new FreshnessWatch(parts, check, place === undefined ? undefined : () => this.#newestAt(place))
  }

  #newestAt(place: number): number | undefined {
    const timeMs = this.#newest[place] as number
    return Number.isNaN(timeMs) ? undefined : timeMs
  }

  #countTimes(event: unknown, context: EventContext): void {
    this.#times.read(event, context)
    const { times } = this.#times
    for (let place = 0; place < times.length; place++) this.#observeTime(place, times[place] as number)
    for (let index = 0; index < this.#byTime.length; index++) {
      const { watch, place } = this.#byTime[index] as TimedVolume
      const timeMs = times[place] as number
      if (Number.isFinite(timeMs) && watch.isLate(timeMs) && !this.#isRebuilding) this.#ignored.late++
    }
  }

  #observeTime(place: number, timeMs: number): void {
    if (Number.isFinite(timeMs)) {
      if (!(timeMs <= (this.#newest[place] as number))) this.#newest[place] = timeMs
    } else if (!this.#isRebuilding) this.#ignored[timeMs === FUTURE ? 'future' : 'unreadable']++
  }
}

/** The windows that are open and the last one that was closed; for silence by a time in the event, the newest of these. */
function reachMs(check: StreamCheck): number {
  if (check.kind === 'volume') return 2 * check.overMs + check.latenessMs
  return check.field === undefined ? 0 : check.withinMs
}

/** The tags of what is counted for a whole topic. */
export function topicTags(contracts: readonly CompiledContract[]): Record<'domain' | 'topic', string> {
  const { domain = '', topic = '' } = contracts[0]?.contract ?? {}
  return { domain: normaliseTagValue(domain), topic: normaliseTagValue(topic) }
}

/** All rules over the stream of a topic. */
export function streamRulesOf(
  contracts: readonly CompiledContract[],
): { readonly contract: CompiledContract; readonly compiled: CompiledStreamRule; readonly place: number }[] {
  return contracts.flatMap((contract) =>
    contract.streamRules.map((compiled, place) => ({ contract, compiled, place })),
  )
}
