import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { Recognised, RejectReason } from '../model/record.ts'
import type { Sample } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { EVENT_RESULTS, VERDICTS } from '../model/verdict.ts'
import type { EventResult } from '../model/verdict.ts'
import { CountsSinceStart } from './counts-since-start.ts'
import { count, distribution } from './samples.ts'
import { contractTags, evaluationsOf } from './tags.ts'
import type { RuleTags } from './tags.ts'
import { topicZeros, zerosToSend } from './zeros.ts'

/** Durations kept per topic and flush: 10 a second at the default interval. */
const MAX_DURATIONS = 100

const RESULT_COLUMN = Object.fromEntries(EVENT_RESULTS.map((result, column) => [result, column])) as Record<
  EventResult,
  number
>

/** The running totals of one contract: whole numbers in typed arrays, since this is touched for every rule of every event. */
export class ContractTotals {
  readonly #compiled: CompiledContract
  readonly #ruleTags: readonly string[]
  readonly #events = new Float64Array(EVENT_RESULTS.length)
  readonly #verdicts: Float64Array
  readonly #differences: Float64Array
  readonly sinceStart: CountsSinceStart

  constructor(compiled: CompiledContract, tags: readonly string[]) {
    this.#compiled = compiled
    this.#ruleTags = tags
    this.#verdicts = new Float64Array(compiled.rules.length * VERDICTS.length)
    this.#differences = new Float64Array(compiled.rules.length)
    this.sinceStart = new CountsSinceStart(compiled.rules.length)
  }

  get id(): string {
    return this.#compiled.contract.id
  }

  /** Goes on with the counts of the same contract when it said something else. */
  carryOver(older: ContractTotals): void {
    const places = new Map(older.#compiled.rules.map(({ rule }, place) => [rule.id, place]))
    this.sinceStart.carryOver(
      older.sinceStart,
      this.#compiled.rules.map(({ rule }) => places.get(rule.id)),
    )
  }

  /** Counts one judged event for the contract that is the `contract`-th of its topic. */
  countEvent({ verdicts, results, firstRules }: JudgedEvent, contract: number): void {
    const first = firstRules[contract] as number
    const totals = this.#verdicts
    add(this.#events, results[contract] as number)
    for (let column = 0; column < totals.length; column += VERDICTS.length) {
      add(totals, column + (verdicts[first + column / VERDICTS.length] as number))
    }
  }

  /** Counts a record that no rule saw: a tombstone, or one that could not be read. */
  countRecord(result: EventResult): void {
    add(this.#events, RESULT_COLUMN[result])
  }

  countDifference(place: number): void {
    add(this.#differences, place)
  }

  /** What grew since the last time, and back to zero. */
  drain(): Sample[] {
    this.sinceStart.add(this.#events, this.#verdicts)
    const samples: Sample[] = []
    const tags = contractTags(this.#compiled.contract)
    for (const result of EVENT_RESULTS) {
      const value = take(this.#events, RESULT_COLUMN[result])
      if (value > 0) samples.push(count('dq.events', { ...tags, result }, value))
    }
    this.#compiled.rules.forEach(({ rule }, index) => {
      for (const [column, result] of VERDICTS.entries()) {
        const value = take(this.#verdicts, index * VERDICTS.length + column)
        if (value === 0) continue
        const ruleTag = this.#ruleTags[index] as string
        const name = evaluationsOf(rule.mode)
        samples.push(count(name, { ...tags, rule: ruleTag, severity: rule.severity, result }, value))
      }
    })
    this.#ruleTags.forEach((rule, place) => {
      const value = take(this.#differences, place)
      if (value > 0) samples.push(count('dq.expression.differences', { ...tags, rule }, value))
    })
    return samples
  }
}

/** The running totals of one topic and its contracts. */
export class TopicTotals {
  readonly #compiled: CompiledTopic
  readonly #contracts: readonly ContractTotals[]
  readonly #tags: { readonly domain: string; readonly topic: string }
  readonly #domain: string
  readonly #ruleTags: RuleTags
  #hasSentZeros = false
  readonly #rejected = new Map<RejectReason, number>()
  #durations: number[] = []
  readonly #recognised = new Map<Recognised, number>()
  readonly #recognisedBefore = new Map<Recognised, number>()
  #roundedNumbers = 0
  #schemaChanges = 0
  #offsetGap = 0

  constructor(topic: CompiledTopic, domain: string, tags: RuleTags) {
    this.#tags = { domain: normaliseTagValue(domain), topic: normaliseTagValue(topic.topic) }
    this.#compiled = topic
    this.#domain = domain
    this.#ruleTags = tags
    this.#contracts = topic.contracts.map(
      (contract) => new ContractTotals(contract, tags.byContract.get(contract) ?? []),
    )
  }

  countEvent(judged: JudgedEvent): void {
    for (let contract = 0; contract < this.#contracts.length; contract++) {
      this.#contracts[contract]?.countEvent(judged, contract)
    }
  }

  /** Counts that the compiled form of a rule and the interpreter differ; `rule` is its place among those of all contracts. */
  countDifference(rule: number): void {
    let first = 0
    this.#compiled.contracts.forEach(({ rules }, index) => {
      if (rule >= first && rule < first + rules.length) this.#contracts[index]?.countDifference(rule - first)
      first += rules.length
    })
  }

  countTombstone(): void {
    this.#contracts.forEach((totals, index) => {
      const treatsAs = this.#compiled.contracts[index]?.contract.tombstones
      totals.countRecord(treatsAs === 'fail' ? 'fail' : 'tombstone')
    })
  }

  countRejected(reason: RejectReason): void {
    for (const contract of this.#contracts) contract.countRecord('undecodable')
    this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + 1)
  }

  countRoundedNumbers(numbers: number): void {
    this.#roundedNumbers += numbers
  }

  countRecognised(format: Recognised): void {
    this.#recognised.set(format, (this.#recognised.get(format) ?? 0) + 1)
  }

  /** Goes on where the totals of an older rule set stand, of what is told since the start of the process. */
  carryOver(older: TopicTotals): void {
    for (const [format, value] of older.#recognisedBefore) this.#recognisedBefore.set(format, value)
    for (const contract of this.#contracts) {
      const before = older.#contracts.find(({ id }) => id === contract.id)
      if (before !== undefined) contract.carryOver(before)
    }
  }

  /** Events by what they were recognised as, since the start of the process up to the last `drain`. */
  get recognised(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#recognisedBefore)
  }

  /** By contract, what was counted since the start of the process up to the last `drain`. */
  get sinceStart(): readonly CountsSinceStart[] {
    return this.#contracts.map((contract) => contract.sinceStart)
  }

  countSchemaChange(): void {
    this.#schemaChanges++
  }

  countGap(records: number): void {
    this.#offsetGap += records
  }

  /** True while this flush interval still wants durations. */
  get wantsDuration(): boolean {
    return this.#durations.length < MAX_DURATIONS
  }

  countDuration(seconds: number): void {
    this.#durations.push(seconds)
  }

  /** Every series that these counts may come to, at 0. */
  zeros(): Sample[] {
    return topicZeros(this.#compiled, this.#domain, this.#ruleTags)
  }

  /**
   * What grew since the last time, and back to zero. The first time that partitions of the topic are assigned here (`owned`), zeros are
   * among it, perhaps of series that grew as well: a monitor must have seen a series once before it can tell "none" from "no data".
   */
  drain(owned: boolean): Sample[] {
    const zeros = owned && !this.#hasSentZeros ? zerosToSend(this.zeros()) : []
    this.#hasSentZeros ||= owned
    const samples = [...zeros, ...this.#contracts.flatMap((contract) => contract.drain())]
    for (const [reason, value] of this.#rejected) {
      samples.push(count('dq.records.rejected', { ...this.#tags, reason }, value))
    }
    for (const [format, value] of this.#recognised) {
      samples.push(count('dq.records.recognised', { ...this.#tags, format }, value))
      this.#recognisedBefore.set(format, (this.#recognisedBefore.get(format) ?? 0) + value)
    }
    if (this.#schemaChanges > 0) samples.push(count('dq.schema.changes', this.#tags, this.#schemaChanges))
    if (this.#roundedNumbers > 0) samples.push(count('dq.numbers.rounded', this.#tags, this.#roundedNumbers))
    if (this.#offsetGap > 0) samples.push(count('dq.offset_gap', this.#tags, this.#offsetGap))
    samples.push(...this.#drainDurations())
    this.#rejected.clear()
    this.#recognised.clear()
    this.#schemaChanges = 0
    this.#roundedNumbers = 0
    this.#offsetGap = 0
    return samples
  }

  /** Once for each contract, although all are judged in one go: each team looks for its own. */
  #drainDurations(): Sample[] {
    const seconds = this.#durations
    if (seconds.length === 0) return []
    this.#durations = []
    return this.#compiled.contracts.map(({ contract }) =>
      distribution('dq.evaluate.duration', contractTags(contract), seconds),
    )
  }
}

function add(totals: Float64Array, column: number): void {
  totals[column] = (totals[column] as number) + 1
}

function take(totals: Float64Array, column: number): number {
  const value = totals[column] as number
  totals[column] = 0
  return value
}
