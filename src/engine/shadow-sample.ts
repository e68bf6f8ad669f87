import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import type { EventJudge } from '../evaluate/event-judge.ts'
import type { Log } from '../ports/log.ts'
import type { TopicTotals } from '../telemetry/totals.ts'
import type { JudgeWatch } from './judge-record.ts'

/**
 * Judges one event in so many a second time, by the interpreter. Where the two differ, the compiler has a fault: it is counted and logged,
 * and the interpreter judges that rule from then on.
 */
export class ShadowSample implements JudgeWatch {
  readonly #topic: CompiledTopic
  readonly #judge: EventJudge
  readonly #every: number
  readonly #totals: TopicTotals
  readonly #log: Log
  /** Places of the rules that are compared still: those that have expressions, and don't run on the interpreter. */
  readonly #compared: Set<number>
  /** Places of the rules that differed, and so were left to the interpreter. */
  readonly #differing = new Set<number>()
  /** Events until the next sample. The first event is one: a topic may have few. */
  #untilSample = 1

  constructor(topic: CompiledTopic, judge: EventJudge, every: number, totals: TopicTotals, log: Log) {
    this.#topic = topic
    this.#judge = judge
    this.#every = every
    this.#totals = totals
    this.#log = log
    this.#compared = new Set(comparable(topic))
  }

  /**
   * Goes on where the sample of an older rule set stands.
   *
   * @param same places of rules in that set, by the places of the rules here that say the same
   */
  carryOver(older: ShadowSample, same: ReadonlyMap<number, number>): void {
    this.#untilSample = older.#untilSample
    for (const [rule, before] of same) if (older.#differing.has(before)) this.#leaveToInterpreter(rule)
  }

  beforeSlice(): void {
    // Samples are taken by number, not by time.
  }

  afterEvent(event: unknown, context: EventContext): void {
    if (--this.#untilSample > 0) return
    this.#untilSample = this.#every
    for (const rule of this.#compared) this.#compare(rule, event, context)
  }

  #compare(rule: number, event: unknown, context: EventContext): void {
    const difference = this.#judge.difference(rule, event, context)
    if (difference === undefined) return
    this.#leaveToInterpreter(rule)
    this.#totals.countDifference(rule)
    const names = this.#topic.contracts.flatMap(({ contract, rules }) =>
      rules.map((compiled) => ({ contract: contract.id, rule: compiled.rule.id })),
    )
    this.#log.error(
      'The compiled form of a rule and the interpreter differ; the interpreter judges it from now on',
      {
        ...names[rule],
        ...difference,
      },
    )
  }

  #leaveToInterpreter(rule: number): void {
    this.#compared.delete(rule)
    this.#differing.add(rule)
    this.#judge.useInterpreter(rule)
  }
}

/** Rules with an expression that runs as generated code, at least in part. */
function comparable({ contracts }: CompiledTopic): number[] {
  const rules = contracts.flatMap((contract) => contract.rules)
  return rules.flatMap(({ condition, check }, index) => {
    const expressions = [condition, check.kind === 'assert' ? check.expression : undefined]
    const isCompiled = expressions.some(
      (expression) => expression !== undefined && expression.engine !== 'sync',
    )
    return isCompiled ? [index] : []
  })
}
