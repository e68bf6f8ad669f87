import type { Contract } from '../model/contract.ts'
import type { ExpectedStatus } from '../model/contract-test.ts'
import type { StatusChange, SubjectStatus } from '../model/status.ts'
import type { Mismatch } from '../model/test-result.ts'
import { findingText } from '../stream/finding.ts'
import { momentText } from '../stream/wording.ts'
import type { ReadyCase } from './prepare.ts'
import { isOf, type NamedSubject, type RuleFilter, subjectNamed } from './subject-names.ts'

/** What is wrong with a status after a step; undefined if it is as expected. `actual` is undefined while nothing is to be said of the subject. */
export function statusMismatch(
  name: string,
  expected: ExpectedStatus,
  actual: SubjectStatus | undefined,
): Omit<Mismatch, 'step' | 'record'> | undefined {
  const { status, reason, at } = expected
  // Of a rule that might cease to apply, and has no bound, nothing is said until it does.
  const found = actual ?? { status: 'ok', reason: 'within_bounds' }
  if (found.status === status && (reason === undefined || found.reason === reason)) return undefined
  return {
    about: 'status',
    rule: name,
    expected: textOf(status, reason),
    actual: textOf(found.status, found.reason),
    why: actual ? [findingText({ ...actual, from: undefined, atMs: 0 })] : [],
    at,
  }
}

function textOf(status: string, reason: string | undefined): string {
  return reason === undefined || reason === status ? status : `${status} (${reason})`
}

/** What is wrong with the changes that were announced in a case: for each rule and promise, their order counts. */
export function changesMismatch(
  contract: Contract,
  { changes }: Pick<ReadyCase, 'changes'>,
  announced: readonly StatusChange[],
  isWanted: RuleFilter,
): Mismatch[] {
  if (!changes) return []
  const isLookedAt = ({ kind, name }: NamedSubject) => kind === 'promise' || isWanted(name)
  const expected = changes.expected.flatMap(({ name, status }) => {
    const named = subjectNamed(contract, name)
    return named && isLookedAt(named) ? { named, status } : []
  })
  const actual = announced.filter(({ subject }) => isLookedAt(toNamed(subject)))
  const names = [...expected.map(({ named }) => named), ...actual.map(({ subject }) => toNamed(subject))]
  const isSame = names.every((named) => {
    const wanted = expected.filter((each) => keyOf(each.named) === keyOf(named)).map(({ status }) => status)
    const found = actual.filter(({ subject }) => isOf(subject, named)).map(({ status }) => status)
    return wanted.join() === found.join()
  })
  if (isSame) return []
  return [
    {
      step: undefined,
      record: undefined,
      about: 'changes',
      rule: undefined,
      expected: listOf(expected),
      actual: listOf(actual.map(({ subject, status }) => ({ named: toNamed(subject), status }))),
      why: actual.map((change) => `${momentText(change.atMs)}  ${lineOf(change)}`),
      at: changes.at,
    },
  ]
}

function toNamed(subject: StatusChange['subject']): NamedSubject {
  return { kind: subject.kind, name: subject.kind === 'rule' ? subject.rule : subject.promise }
}

function keyOf({ kind, name }: NamedSubject): string {
  return `${kind} ${name}`
}

function listOf(changes: readonly { readonly named: NamedSubject; readonly status: string }[]): string {
  if (changes.length === 0) return 'none'
  return changes.map(({ named, status }) => `${named.name}: ${status}`).join(', ')
}

function lineOf(change: StatusChange): string {
  const { name } = toNamed(change.subject)
  return `${name}: ${textOf(change.status, change.reason)}. ${findingText(change)}`
}
