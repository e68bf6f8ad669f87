import type { Contract } from '../model/contract.ts'
import type { StatusSubject } from '../model/status.ts'

/** Rules whose verdicts and statuses are looked at, by id. */
export type RuleFilter = (id: string) => boolean

/** What a name in a test stands for. */
export interface NamedSubject {
  readonly kind: StatusSubject['kind']
  readonly name: string
}

const PROMISES = ['validity', 'freshness'] as const
/** To name a promise where a rule has the same name. */
const PREFIX = 'promises.'

/** The rule or promise of a contract that a test names; undefined if there is none. A rule goes before a promise. */
export function subjectNamed(contract: Contract, name: string): NamedSubject | undefined {
  const { rules, streamRules, promises } = contract
  if ([...rules, ...streamRules].some(({ id }) => id === name)) return { kind: 'rule', name }
  const plain = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name
  const promise = PROMISES.find((one) => one === plain)
  return promise && promises[promise] ? { kind: 'promise', name: promise } : undefined
}

/** Whether a status is that of what a test names. */
export function isOf(subject: StatusSubject, named: NamedSubject): boolean {
  const name = subject.kind === 'rule' ? subject.rule : subject.promise
  return subject.kind === named.kind && name === named.name
}
