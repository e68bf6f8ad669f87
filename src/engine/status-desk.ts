import type { CompiledContract } from '../evaluate/compiled.ts'
import { eventAgeSeconds } from '../lag/event-age.ts'
import { judgeLag } from '../lag/lag.ts'
import type { InstanceReport, PartitionReport, RuleSetReport, StatusReport } from '../model/status-report.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { ContractHistory } from '../status/contract-history.ts'
import { RecentViolations } from '../status/recent-violations.ts'
import { statusReport } from '../status/status-report.ts'
import type { ContractFacts } from '../status/status-report.ts'
import type { PartitionReading } from './gauges.ts'
import type { Intake } from './intake.ts'
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
  readonly #clock: Clock
  readonly #log: ViolationLog
  readonly #violations = new RecentViolations()
  readonly #histories = new Map<CompiledContract, ContractHistory>()
  readonly #startedAtMs: number
  readonly #listeners = new Set<() => void>()
  #readings: readonly PartitionReading[] = []
  #flush = 0
  #atMs: number

  constructor(setting: Setting, intake: Intake, clock: Clock, log: Log) {
    this.#setting = setting
    this.#intake = intake
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

  #ruleSet(): RuleSetReport {
    const contracts = [...this.#intake.topics.values()].flatMap(({ compiled }) => compiled.contracts)
    const rules = contracts.reduce((sum, each) => sum + each.rules.length + each.streamRules.length, 0)
    return {
      hash: this.#setting.ruleSetHash,
      loadedAtMs: this.#startedAtMs,
      contracts: contracts.length,
      rules,
      reloadError: undefined,
    }
  }

  #contracts({ compiled, totals, guard, growth }: TopicAtWork): ContractFacts[] {
    const readings = this.#readings.filter(({ state }) => state.topic === compiled.topic)
    const lags = readings.map((reading) => this.#partition(reading))
    const isReachable = readings.some(({ end }) => end !== undefined)
    const suspended = guard.suspended(this.#clock.monotonicMs())
    return compiled.contracts.flatMap((contract, index) => {
      const counts = totals.sinceStart[index]
      if (counts === undefined) return []
      const { id } = contract.contract
      return {
        compiled: contract,
        isHere: readings.length > 0,
        fault: this.#intake.faults.get(compiled.topic),
        statuses: [],
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
    const { topic, partition, lastJudgedMs, lastZeroMs, isHeld } = state
    const lag = judgeLag({ position, end, lastJudgedMs, lastZeroMs, nowMs: this.#atMs })
    return { topic, partition, position, lagOffsets: lag.offsets, lagSeconds: lag.seconds, isHeld }
  }

  #historyOf(contract: CompiledContract): ContractHistory {
    const history = this.#histories.get(contract) ?? new ContractHistory(contract.rules.length)
    this.#histories.set(contract, history)
    return history
  }
}

/** Undefined if any is: what is unknown may be larger. */
function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 || known.length < values.length ? undefined : Math.max(...known)
}
