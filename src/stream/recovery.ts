import type { Contract } from '../model/contract.ts'
import type { Status, StatusSubject } from '../model/status.ts'
import { boundOf, USUAL_WINDOW_MS } from './bound.ts'
import { CALM } from './hysteresis.ts'
import { durationText, percentText } from './wording.ts'

/** When a status that is not ok ends, in one sentence. */
export function recoveryText(subject: StatusSubject, contract: Contract, status: Status): string {
  if (subject.kind === 'promise') {
    return 'It recovers when the share has been at or below nine tenths of the bound in two judgements, a tenth of the window apart.'
  }
  switch (subject.check) {
    case 'freshness':
      return 'It recovers with the next event.'
    case 'volume':
      return 'It recovers with the second window in a row that is within its bounds.'
    case 'assert':
    case 'schema':
      return status === 'not_applied'
        ? 'It recovers when the rule applies to an event again.'
        : shareRecovery(subject.rule, contract, status)
  }
}

function shareRecovery(id: string, contract: Contract, status: Status): string {
  const rule = contract.rules.find((each) => each.id === id)
  const bound = rule && boundOf(rule, contract)
  if (bound === undefined) return ''
  if (bound.from === 'none')
    return `It recovers when ${durationText(USUAL_WINDOW_MS)} went by without a fail.`
  const share = (status === 'warning' ? (bound.warn ?? bound.fail) : bound.fail) * CALM
  return `It recovers when the share has been at or below ${percentText(share)} in two judgements at least ${durationText(bound.apartMs)} apart.`
}
