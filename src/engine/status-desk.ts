import type { CompiledContract } from '../evaluate/compiled.ts'
import { eventAgeSeconds } from '../lag/event-age.ts'
import { judgeLag } from '../lag/lag.ts'
import type {
  FieldReport,
  InstanceReport,
  PartitionReport,
  RuleSetReport,
  StatusReport,
} from '../model/status-report.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { contractFields } from '../status/contract-fields.ts'
import { ContractHistory } from '../status/contract-history.ts'
import { largest } from '../status/largest.ts'
import { RecentViolations } from '../status/recent-violations.ts'
import { statusReport } from '../status/status-report.ts'
import type { ContractFacts } from '../status/status-report.ts'
import type { PartitionReading } from './gauges.ts'
import type { Intake } from './intake.ts'
import type { RuleSwap, StaleRules } from './rule-swap.ts'
import type { StatusOptions } from './status-options.ts'
import type { TopicAtWork } from './topic-at-work.ts'
import { ViolationLog } from './violation-log.ts'

interface Setting extends StatusOptions {
  readonly domain: string
  readonly group: string
  readonly flushIntervalMs: number
}

type Standing = Pick<InstanceReport, 'live' | 'ready' | 'reason'>

/** Keeps what people are shown: at each flush it takes in what was counted, and between them it answers. */
export class StatusDesk {
  readonly #setting: Setting
  readonly #intake: Intake
  readonly #swap: RuleSwap
  readonly #clock: Clock
  readonly #log: ViolationLog
  readonly #violations = new RecentViolations()
  /** By id of the contract. */
  readonly #histories = new Map<string, ContractHistory>()
  readonly #fields = new WeakMap<CompiledContract, readonly FieldReport[]>()
  readonly #startedAtMs: number
  readonly #listeners = new Set<() => void>()
  #readings: readonly PartitionReading[] = []
  #flush = 0
  #atMs: number

  constructor(setting: Setting, intake: Intake, swap: RuleSwap, clock: Clock, log: Log) {
    this.#setting = setting
    this.#intake = intake
    this.#swap = swap
    this.#clock = clock
    this.#log = new ViolationLog(log)
    this.#startedAtMs = clock.nowMs()
    this.#atMs = this.#startedAtMs
  }

  /** Calls `listener` after each flush until the returned function is called. */
  onFlush(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends an interval: its totals have just been sent. */
  afterFlush(readings: readonly PartitionReading[]): void {
    this.#readings = readings
    this.#atMs = this.#clock.nowMs()
    this.#flush++
    for (const topic of this.#intake.topics.values()) {
      const samples = topic.sampler?.drain() ?? []
      this.#violations.add(samples)
      this.#log.write(samples, this.#clock.monotonicMs())
      topic.compiled.contracts.forEach((contract, index) => {
        const counts = topic.totals.sinceStart[index]
        if (counts !== undefined) this.#historyOf(contract).push(counts)
      })
    }
    this.#forget(new Set(this.#ids()))
    for (const listener of this.#listeners) listener()
  }

  report({ live, ready, reason }: Standing): StatusReport {
    const { domain, flushIntervalMs, group, instance: id, version } = this.#setting
    return statusReport({
      domain,
      flushIntervalMs,
      atMs: this.#atMs,
      flush: this.#flush,
      instance: {
        id,
        group,
        version,
        startedAtMs: this.#startedAtMs,
        live,
        ready,
        reason,
        partitions: this.#readings.map((reading) => this.#partition(reading)),
      },
      ruleSet: this.#ruleSet(),
      contracts: [...this.#intake.topics.values()].flatMap((topic) => this.#contracts(topic)),
    })
  }

  /** The fields that a contract names. Found by parsing its rules: once, and only if somebody asks. */
  fields(id: string): readonly FieldReport[] {
    const contracts = [...this.#intake.topics.values()].flatMap(({ compiled }) => compiled.contracts)
    const contract = contracts.find((each) => each.contract.id === id)
    if (contract === undefined) return []
    const fields = this.#fields.get(contract) ?? contractFields(contract)
    this.#fields.set(contract, fields)
    return fields
  }

  #ids(): string[] {
    const topics = [...this.#intake.topics.values()]
    return topics.flatMap(({ compiled }) => compiled.contracts.map(({ contract }) => contract.id))
  }

  #ruleSet(): RuleSetReport {
    const { hash = '', loadedMs, stale } = this.#swap
    const contracts = [...this.#intake.topics.values()].flatMap(({ compiled }) => compiled.contracts)
    const rules = contracts.reduce((sum, each) => sum + each.rules.length + each.streamRules.length, 0)
    return {
      hash,
      loadedAtMs: loadedMs,
      contracts: contracts.length,
      rules,
      reloadError: stale && { atMs: stale.sinceMs, message: problemsText(stale) },
    }
  }

  #contracts({ compiled, totals, guard, growth, watch }: TopicAtWork): ContractFacts[] {
    const readings = this.#readings.filter(({ state }) => state.topic === compiled.topic)
    const lags = readings.map((reading) => this.#partition(reading))
    const isReachable = readings.some(({ end }) => end !== undefined)
    const statuses = readings.length > 0 ? (watch.stream?.statuses() ?? []) : []
    const suspended = guard.suspended(this.#clock.monotonicMs())
    return compiled.contracts.flatMap((contract, index) => {
      const counts = totals.sinceStart[index]
      if (counts === undefined) return []
      const { id } = contract.contract
      return {
        compiled: contract,
        isHere: readings.length > 0,
        fault: this.#intake.faults.get(compiled.topic),
        statuses: statuses.filter((status) => status.contract === id),
        counts,
        history: this.#historyOf(contract),
        suspended: new Set(suspended.flatMap((each) => (each.contract === id ? [each.rule] : []))),
        violations: this.#violations.ofContract(id),
        lagOffsets: largest(lags.map(({ lagOffsets }) => lagOffsets)),
        lagSeconds: largest(lags.map(({ lagSeconds }) => lagSeconds)),
        eventAgeSeconds: isReachable ? eventAgeSeconds(growth, this.#atMs) : undefined,
      }
    })
  }

  #partition({ state, position, end }: PartitionReading): PartitionReport {
    const { topic, partition, lastJudgedMs, lastZeroMs, assignedMs, isHeld } = state
    const lag = judgeLag({ position, end, lastJudgedMs, lastZeroMs, assignedMs, nowMs: this.#atMs })
    return { topic, partition, position, lagOffsets: lag.offsets, lagSeconds: lag.seconds, isHeld }
  }

  /** A contract that says something else now goes on with what is known of its events and of rules that are still there. */
  #historyOf(contract: CompiledContract): ContractHistory {
    const { id } = contract.contract
    const known = this.#histories.get(id)
    if (known?.contract === contract) return known
    const history = new ContractHistory(contract, known)
    this.#histories.set(id, history)
    return history
  }

  #forget(ids: ReadonlySet<string>): void {
    for (const id of this.#histories.keys()) if (!ids.has(id)) this.#histories.delete(id)
    this.#violations.keepOnly(ids)
  }
}

function problemsText({ problems, first }: StaleRules): string {
  return problems === 1 ? first : `${first} (and ${problems - 1} more)`
}
