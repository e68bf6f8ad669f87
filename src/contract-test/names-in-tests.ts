import { quote } from '../contract/describe-node.ts'
import type { Contract, Rule } from '../model/contract.ts'
import type { TestCase, TestStep } from '../model/contract-test.ts'
import { nearest } from '../model/did-you-mean.ts'
import type { Location, Problem } from '../model/problem.ts'
import { boundOf, mayNotApply } from '../stream/bound.ts'
import { subjectNamed } from './subject-names.ts'

/** Checks the names of rules and promises that a test uses against those of its contract. */
export class NamesInTests {
  readonly #contract: Contract
  readonly #ofEvents: ReadonlyMap<string, Rule>
  readonly #ofStream: ReadonlySet<string>
  /** All that may be expected to have a status. */
  readonly #subjects: readonly string[]

  constructor(contract: Contract) {
    const { rules, streamRules, promises } = contract
    this.#contract = contract
    this.#ofEvents = new Map(rules.map((rule) => [rule.id, rule]))
    this.#ofStream = new Set(streamRules.map(({ id }) => id))
    const promised = Object.entries(promises).flatMap(([name, promise]) => (promise ? [name] : []))
    this.#subjects = [...this.#ofEvents.keys(), ...this.#ofStream, ...promised]
  }

  /** What is wrong with the names in one case. */
  problemsOf({ name, steps, changes }: TestCase): Problem[] {
    return [
      ...steps.flatMap((step) => this.#problemsOfStep(step, name)),
      ...(changes?.expected ?? []).flatMap((change) => this.#problemOfStatus(change.name, change.at, name)),
    ]
  }

  #problemsOfStep({ expected, status }: TestStep, caseName: string): Problem[] {
    return [
      ...Array.from(expected).flatMap(([rule, { nameAt }]) => this.#problemOfVerdict(rule, nameAt, caseName)),
      ...Array.from(status).flatMap(([name, { nameAt }]) => this.#problemOfStatus(name, nameAt, caseName)),
    ]
  }

  #problemOfVerdict(rule: string, at: Location, caseName: string): Problem[] {
    if (this.#ofEvents.has(rule)) return []
    if (!this.#ofStream.has(rule)) return [this.#unknown('rule', rule, this.#ofEvents.keys(), caseName, at)]
    return [
      {
        code: 'TEST_NO_VERDICT',
        severity: 'error',
        message: `case ${quote(caseName)}: rule ${quote(rule)} is about the stream, and gives no verdict on an event`,
        hint: `Expect its status: \`status: { ${rule}: ok }\`.`,
        at,
      },
    ]
  }

  #problemOfStatus(name: string, at: Location, caseName: string): Problem[] {
    const subject = subjectNamed(this.#contract, name)
    if (subject === undefined) return [this.#unknown('rule or promise', name, this.#subjects, caseName, at)]
    const rule = subject.kind === 'rule' ? this.#ofEvents.get(subject.name) : undefined
    if (rule === undefined || hasStatus(rule, this.#contract)) return []
    return [
      {
        code: 'TEST_NO_STATUS',
        severity: 'error',
        message: `case ${quote(caseName)}: rule ${quote(name)} has no status: it has no \`tolerance\`, and no promise gives it a bound`,
        hint: 'Give the rule a `tolerance`, or expect its verdicts with `expect`.',
        at,
      },
    ]
  }

  #unknown(noun: string, name: string, known: Iterable<string>, caseName: string, at: Location): Problem {
    const names = [...known]
    const meant = nearest(name, names)
    const list = names.length === 0 ? 'It has none.' : `There are ${names.join(', ')}.`
    return {
      code: 'TEST_UNKNOWN_RULE',
      severity: 'error',
      message: `case ${quote(caseName)}: the contract ${quote(this.#contract.id)} has no ${noun} ${quote(name)}`,
      hint: meant === undefined ? list : `Did you mean ${quote(meant)}?`,
      at,
    }
  }
}

/** In tests a rule in shadow stands as it would if it counted. */
function hasStatus(rule: Rule, contract: Contract): boolean {
  const live = { ...rule, mode: 'live' } as const
  return boundOf(live, contract) !== undefined || mayNotApply(live)
}
