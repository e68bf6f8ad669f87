import type { ContractState } from '../model/status-report.ts'
import type { Status, StatusSubject, SubjectStatus } from '../model/status.ts'
import { percent, standingOf } from './standing.ts'

/** What decides how a contract stands. */
export interface StateFacts {
  readonly statuses: readonly SubjectStatus[]
  /** Whether this instance judges the topic, or a part of it. */
  readonly isHere: boolean
  /** Why the topic can't be read; undefined if it can. */
  readonly fault: string | undefined
  /** Good records of all that count, lately; undefined while nothing was judged. */
  readonly passRate: number | undefined
}

/** A contract's state, with its reason and since when. */
export interface JudgedState {
  readonly state: ContractState
  readonly because: string
  readonly sinceMs: number | undefined
}

const WORST_FIRST: readonly ContractState[] = ['broken', 'at_risk', 'unknown', 'warming_up', 'kept']

/** The state of a contract: its worst rule or promise decides; of several the one that has stood so the longest is told. */
export function contractState({ statuses, isHere, fault, passRate }: StateFacts): JudgedState {
  if (fault !== undefined) return told('unknown', `the topic can not be read (${fault})`)
  if (!isHere) return told('unknown', 'another instance judges this topic')
  const judged = statuses.map((status) => ({ status, state: stateOf(status.status, status.subject) }))
  const worst = WORST_FIRST.find((state) => judged.some((each) => each.state === state))
  if (worst === undefined) return byRate(passRate)
  const deciding = judged.filter(({ state }) => state === worst).map(({ status }) => status)
  return worst === 'kept' ? keptState(deciding, passRate) : worstState(worst, deciding)
}

/** Rules of a lesser severity put a contract at risk at most. */
function stateOf(status: Status, subject: StatusSubject): ContractState {
  switch (status) {
    case 'ok':
      return 'kept'
    case 'warning':
    case 'not_applied':
      return isInfo(subject) ? 'kept' : 'at_risk'
    case 'breached':
      if (isInfo(subject)) return 'kept'
      return subject.kind === 'rule' && subject.severity === 'warning' ? 'at_risk' : 'broken'
    case 'warming_up':
      return 'warming_up'
    case 'unknown':
      return 'unknown'
  }
}

function isInfo(subject: StatusSubject): boolean {
  return subject.kind === 'rule' && subject.severity === 'info'
}

function worstState(state: ContractState, deciding: readonly SubjectStatus[]): JudgedState {
  const [first, ...others] = deciding.toSorted((a, b) => (a.sinceMs ?? 0) - (b.sinceMs ?? 0))
  if (first === undefined) return told(state, '')
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return {
    state,
    because: `${nameOf(first.subject)}: ${standingOf(first).says}${more}`,
    sinceMs: first.sinceMs,
  }
}

function keptState(deciding: readonly SubjectStatus[], passRate: number | undefined): JudgedState {
  const rate = passRate === undefined ? '' : `, ${percent(passRate)} of the events are good`
  return told('kept', `${deciding.length} of ${deciding.length} rules and promises are within bounds${rate}`)
}

/** A contract of which no promise and no tolerance says how much may fail. */
function byRate(passRate: number | undefined): JudgedState {
  if (passRate === undefined) return told('warming_up', 'nothing has been judged yet')
  if (passRate === 1) return told('kept', 'all events are good')
  return told(
    'at_risk',
    `${percent(1 - passRate)} of the events are bad, and no promise says how many may be`,
  )
}

function told(state: ContractState, because: string): JudgedState {
  return { state, because, sinceMs: undefined }
}

function nameOf(subject: StatusSubject): string {
  return subject.kind === 'rule' ? `rule ${subject.rule}` : `promise of ${subject.promise}`
}
