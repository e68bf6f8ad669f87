import type { Contract, PlainFormat, Rule } from '../model/contract.ts'
import type { Verdict } from '../model/verdict.ts'
import type { EventContext } from './context.ts'

/** Judges one event; never throws, never returns a promise. */
export type Judge = (event: unknown, context: EventContext) => Verdict

/** A rule ready to run. */
export interface CompiledRule {
  readonly rule: Rule
  readonly judge: Judge
}

/** A contract ready to run. */
export interface CompiledContract {
  readonly contract: Contract
  readonly rules: readonly CompiledRule[]
}

/** All contracts that watch one topic: a record is decoded once for all of them. */
export interface CompiledTopic {
  readonly topic: string
  readonly format: PlainFormat
  readonly contracts: readonly CompiledContract[]
}
