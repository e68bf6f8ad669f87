import { NO_REGISTRY } from '../decode/decode.ts'
import type { DecodeLimits } from '../decode/decode.ts'
import { Fault } from '../errors/fault.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { PartitionEnds } from '../model/offsets.ts'
import type { Sample } from '../model/sample.ts'
import type { Announcer } from '../ports/announcer.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Sink } from '../ports/sink.ts'
import type { Source } from '../ports/source.ts'
import type { ReportSource } from '../status/status-board.ts'
import { DomainTotals } from './domain-totals.ts'
import { Flusher } from './flush.ts'
import { ageGauges, groupGauges, heartbeats, lagGauges, registryGauge, suspensionGauges } from './gauges.ts'
import type { PartitionReading } from './gauges.ts'
import { Intake } from './intake.ts'
import { messageOf } from './message-of.ts'
import { Outboxes } from './outboxes.ts'
import { PartitionTable } from './partitions.ts'
import type { RebuildBounds } from './rebuild.ts'
import type { SuspendedRule } from './rule-guard.ts'
import { RuleSwap } from './rule-swap.ts'
import { RulesAtWork } from './rules-at-work.ts'
import { SchemaDesk } from './schema-desk.ts'
import type { SchemaDeskOptions } from './schema-desk.ts'
import { StatusDesk } from './status-desk.ts'
import type { StatusOptions } from './status-options.ts'
import { Streams } from './streams.ts'
import { Watchdog } from './watchdog.ts'

/** How an engine runs. */
export interface EngineOptions {
  readonly domain: string
  readonly group: string
  readonly flushIntervalMs: number
  /** How long partitions may stand still with something to judge before the source is reconnected, and again before giving up. */
  readonly stallTimeoutMs: number
  /** Bound on series of rules; what is beyond shares `rule:other`. */
  readonly maxSeries: number
  readonly limits: DecodeLimits
  /** Undefined where no schema registry is configured. */
  readonly schemas?: SchemaDeskOptions | undefined
  /** One event in so many is judged by the interpreter too; undefined for none. */
  readonly shadowSample: number | undefined
  /** Who is told of changes of status. */
  readonly announcers: readonly Announcer[]
  /** How windows of statuses are filled anew; undefined where a member may own a part of a topic, of which no status can be told. */
  readonly rebuild: RebuildBounds | undefined
  /** Undefined where nobody is shown anything. */
  readonly status?: StatusOptions | undefined
}

/** What the engine says of itself. */
export interface Health {
  /** Whether this process makes progress: false calls for a restart. */
  readonly live: boolean
  /** Whether it has joined its group, with brokers in reach. */
  readonly ready: boolean
  readonly reason: string
}

/** A question to the brokers that is not answered by then is left out of the flush. */
const ENDS_TIMEOUT_MS = 3_000
/** Flush intervals that may pass without a finished flush before the process no longer counts as alive. */
const MISSED_FLUSHES = 6

const NO_STREAMS = { samples: [], notices: [] }

/** The loop: records in, verdicts counted, totals out, offsets committed. Sees ports only. */
export class Engine {
  readonly #options: EngineOptions
  readonly #source: Source
  readonly #sinks: readonly Sink[]
  readonly #clock: Clock
  readonly #log: Log
  readonly #table = new PartitionTable()
  readonly #rules: RulesAtWork
  /** How the rules are replaced while it runs. */
  readonly rules: RuleSwap
  readonly #intake: Intake
  readonly #flusher: Flusher
  readonly #watchdog: Watchdog
  readonly #schemas: SchemaDesk | undefined
  readonly #streams: Streams | undefined
  readonly #desk: StatusDesk | undefined
  readonly #aborted = new AbortController()
  #isTicking = false
  #isStopping = false
  #lastTickMs: number

  constructor(
    topics: readonly CompiledTopic[],
    source: Source,
    sinks: readonly Sink[],
    clock: Clock,
    log: Log,
    options: EngineOptions,
  ) {
    const { domain } = options
    const totals = new DomainTotals(domain)
    this.#options = options
    this.#source = source
    this.#sinks = sinks
    this.#clock = clock
    this.#log = log
    this.#watchdog = new Watchdog(options.stallTimeoutMs)
    this.#schemas = options.schemas && new SchemaDesk(options.schemas, totals, clock, log)
    const setting = { ...options, findSchema: this.#schemas?.find ?? NO_REGISTRY }
    const isAssigned = (topic: string) => this.#table.ofTopic(topic).length > 0
    this.#rules = new RulesAtWork(topics, setting, isAssigned, clock, log)
    const here = () => this.#rules.topics
    const { rebuild, flushIntervalMs } = options
    this.#streams =
      rebuild &&
      new Streams(here, this.#table, source, this.#schemas, { rebuild, flushIntervalMs }, clock, log)
    this.#intake = new Intake(this.#rules, this.#schemas, this.#streams, this.#table, totals, clock, log, {
      flush: () => this.#flusher.flush([]),
      progressed: () => this.#watchdog.progressed(),
      begin: (zeros) => sinks.forEach((sink) => sink.begin?.(zeros)),
    })
    const drain = () => [...this.#rules.drain(), ...totals.drain()]
    const notices = new Outboxes(options.announcers, log)
    const isLeader = () => this.#intake.isLeader
    const [rules, streams] = [this.#rules, this.#streams]
    this.rules = new RuleSwap({ rules, source, sinks, streams, totals, notices, isLeader, clock }, domain)
    this.#flusher = new Flusher(sinks, this.#table, source, totals, drain, notices, this.#streams, log)
    this.#desk =
      options.status &&
      new StatusDesk({ ...options, ...options.status }, this.#intake, this.rules, clock, log)
    this.#lastTickMs = clock.monotonicMs()
  }

  /**
   * Consumes until `stop` or until it can't go on.
   *
   * @throws Fault after a last attempt to send what was counted. Nothing is committed then but what was sent.
   */
  async run(): Promise<void> {
    const stopTicking = this.#clock.every(this.#options.flushIntervalMs, () => void this.#tick())
    try {
      await Promise.race([this.#source.run(this.#intake), this.#whenAborted()])
    } catch (error) {
      await this.#flusher.flush([])
      throw error
    } finally {
      stopTicking()
    }
  }

  /**
   * Ordered stop: no more batches → flush → commit → leave the group → close the sinks. The caller holds the deadline.
   *
   * @returns whether everything that was judged is sent and committed.
   */
  async stop(): Promise<boolean> {
    this.#isStopping = true
    await this.#source.quiesce()
    this.#schemas?.stop()
    this.#streams?.stop()
    const isDone = await this.#flusher.flush(this.#gauges([]))
    await this.#source.stop()
    await Promise.all(this.#sinks.map((sink) => sink.close()))
    return isDone
  }

  health(): Health {
    const sinceTickMs = this.#clock.monotonicMs() - this.#lastTickMs
    const isFlushing = sinceTickMs < this.#options.flushIntervalMs * MISSED_FLUSHES + ENDS_TIMEOUT_MS
    const live = isFlushing && !this.#watchdog.isStalled
    const ready =
      live && !this.#isStopping && this.#intake.isConnected && this.#intake.isAssigned && this.#held() === 0
    return { live, ready, reason: this.#reason(isFlushing) }
  }

  /** By topic, events by what their bytes were recognised as, up to the last flush. Topics without any are left out. */
  recognised(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    const topics = [...this.#intake.topics].map(([topic, { totals }]) => [topic, totals.recognised] as const)
    return Object.fromEntries(topics.filter(([, formats]) => Object.keys(formats).length > 0))
  }

  /** How the contracts stand, as of the last flush; undefined if that was not asked for. */
  get reports(): ReportSource | undefined {
    const desk = this.#desk
    return (
      desk && {
        report: () => desk.report(this.health()),
        fields: (id) => desk.fields(id),
        onFlush: (listener) => desk.onFlush(listener),
      }
    )
  }

  /** The rules that are suspended now, with the time that is left until they are tried again. */
  suspendedRules(): SuspendedRule[] {
    const nowMs = this.#clock.monotonicMs()
    return [...this.#intake.topics.values()].flatMap(({ guard }) => guard.suspended(nowMs))
  }

  #reason(isFlushing: boolean): string {
    if (this.#isStopping) return 'stopping'
    if (!isFlushing) return 'no flush has finished for several intervals'
    if (this.#watchdog.isStalled) return 'partitions have records to judge and do not move'
    if (!this.#intake.isConnected) return 'no broker in reach'
    if (!this.#intake.isAssigned) return 'not a member of the consumer group yet'
    const held = this.#held()
    return held === 0 ? 'ok' : `registry_unavailable (waiting partitions: ${held})`
  }

  /** Partitions that can't go on before the schema registry answers. */
  #held(): number {
    return this.#table.all().filter(({ isHeld }) => isHeld).length
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return
    this.#isTicking = true
    try {
      // Positions before ends: lag is never negative.
      const positions = new Map(this.#table.all().map((state) => [state, state.position]))
      const ends = await this.#endsInTime()
      this.#intake.observe(ends)
      const readings = [...positions].map(([state, position]) => ({
        state,
        position,
        end: endOf(ends, state),
      }))
      const atMs = this.#clock.nowMs()
      const { samples, notices } = this.#streams?.tick(ends) ?? NO_STREAMS
      await this.#flusher.flush([...this.#gauges(readings), ...samples], { notices, atMs })
      this.rules.forgetRetired()
      this.#desk?.afterFlush(readings)
      this.#lastTickMs = this.#clock.monotonicMs()
      this.#watch()
    } catch (error) {
      this.#aborted.abort(error)
    } finally {
      this.#isTicking = false
    }
  }

  #gauges(readings: readonly PartitionReading[]): Sample[] {
    const { domain, group } = this.#options
    const nowMs = this.#clock.nowMs()
    const topics = [...this.#intake.topics.values()]
    const { tags, compiled } = this.#rules
    return [
      ...lagGauges(readings, domain, group, nowMs),
      registryGauge(this.#schemas, domain),
      ...this.rules.gauges(),
      ...topics.flatMap(({ compiled: topic, growth, guard }) => {
        const ofTopic = readings.filter(({ state }) => state.topic === topic.topic)
        const suspensions = ofTopic.length === 0 ? [] : suspensionGauges(guard.suspendable(), tags)
        return [...ageGauges(topic, growth, ofTopic, nowMs), ...heartbeats(topic, ofTopic), ...suspensions]
      }),
      ...(this.#intake.isLeader ? groupGauges(compiled, this.#intake.faults, tags.foldedSeries, domain) : []),
    ]
  }

  async #endsInTime(): Promise<readonly PartitionEnds[]> {
    const late = new AbortController()
    try {
      const timeout = this.#clock.sleep(ENDS_TIMEOUT_MS, late.signal).then((): PartitionEnds[] => [])
      return await Promise.race([this.#source.ends(), timeout])
    } catch (error) {
      this.#log.debug('The ends of the partitions could not be had', { error: messageOf(error) })
      return []
    } finally {
      late.abort()
    }
  }

  #watch(): void {
    if (this.#isStopping) return
    const { stallTimeoutMs } = this.#options
    const remedy = this.#watchdog.judge(this.#table.all(), this.#clock.monotonicMs())
    if (remedy === 'reconnect') {
      this.#log.error('Partitions have records to judge and do not move: connecting anew', { stallTimeoutMs })
      this.#source.reconnect('stalled')
    } else if (remedy === 'give-up') {
      throw new Fault(
        'STALLED',
        `partitions have not moved for ${Math.round(stallTimeoutMs / 1000)} s, and connecting anew did not help`,
        'Look at the brokers and the network between. The process ends, so that its supervisor starts a new one.',
      )
    }
  }

  #whenAborted(): Promise<never> {
    const { signal } = this.#aborted
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  }
}

function endOf(ends: readonly PartitionEnds[], of: { topic: string; partition: number }): number | undefined {
  return ends.find(({ topic, partition }) => topic === of.topic && partition === of.partition)?.end
}
