import { describe, expect, test } from 'vitest'
import { NO_MEASURE } from '../../src/model/status.ts'
import type { Status, StatusReason, StatusSubject, SubjectStatus } from '../../src/model/status.ts'
import { contractState } from '../../src/status/contract-state.ts'
import type { StateFacts } from '../../src/status/contract-state.ts'

function rule(
  status: Status,
  severity: 'error' | 'warning' | 'info' = 'error',
  sinceMs = 0,
  id = 'r',
): SubjectStatus {
  const subject: StatusSubject = { kind: 'rule', rule: id, severity, dimension: 'accuracy', check: 'assert' }
  return { contract: 'c', subject, status, reason: REASONS[status], measure: NO_MEASURE, sinceMs }
}

const REASONS: Readonly<Record<Status, StatusReason>> = {
  ok: 'within_bounds',
  warning: 'too_many_fails',
  breached: 'too_many_fails',
  warming_up: 'warming_up',
  unknown: 'behind',
  not_applied: 'never_applies',
}

const HERE: StateFacts = { statuses: [], isHere: true, fault: undefined, passRate: undefined }

describe('the worst decides', () => {
  test.each([
    [[rule('ok')], 'kept'],
    [[rule('ok'), rule('breached')], 'broken'],
    [[rule('breached'), rule('unknown')], 'broken'],
    [[rule('warning'), rule('unknown')], 'at_risk'],
    [[rule('not_applied')], 'at_risk'],
    [[rule('breached', 'warning')], 'at_risk'],
    [[rule('breached', 'info'), rule('ok')], 'kept'],
    [[rule('warning', 'info')], 'kept'],
    [[rule('unknown'), rule('warming_up'), rule('ok')], 'unknown'],
    [[rule('warming_up'), rule('ok')], 'warming_up'],
  ] as const)('%#: %s', (statuses, state) => {
    expect(contractState({ ...HERE, statuses }).state).toBe(state)
  })

  test('of several the one that has stood so the longest is named, with its time', () => {
    const statuses = [rule('breached', 'error', 500, 'late'), rule('breached', 'error', 100, 'early')]
    const { because, sinceMs } = contractState({ ...HERE, statuses })
    expect([because.startsWith('rule early: '), because.endsWith(', and 1 more'), sinceMs]).toEqual([
      true,
      true,
      100,
    ])
  })
})

describe('without a status', () => {
  test.each([
    [undefined, 'warming_up'],
    [1, 'kept'],
    [0.999, 'at_risk'],
  ])('a pass rate of %s is %s', (passRate, state) => {
    expect(contractState({ ...HERE, passRate }).state).toBe(state)
  })

  test('a topic that others judge, or that can not be read, is unknown, whatever its statuses were', () => {
    const statuses = [rule('breached')]
    expect(contractState({ ...HERE, statuses, isHere: false }).state).toBe('unknown')
    expect(contractState({ ...HERE, statuses, fault: 'missing' })).toMatchObject({
      state: 'unknown',
      because: 'the topic can not be read (missing)',
    })
  })
})
