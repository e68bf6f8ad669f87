import type { Explanation, ExplanationStep, StepOutcome } from '../expression/index.ts'
import { printable } from './printable.ts'
import { valueText, valueType } from './value-text.ts'

/** Characters of a sub-expression that are shown, and the widest column of them. */
const MAX_TEXT = 70

/** Whether the values of the event may be read: in the user's own file they may, in a log or on a page only their types. */
export type ShownValues = 'values' | 'types'

/**
 * How an outcome came about, for people: a line for each sub-expression with what it came to, those inside it indented below. No line
 * breaks within a line, whatever the source and the event hold.
 */
export function explanationLines(explanation: Explanation, shown: ShownValues): string[] {
  const { steps, omitted } = explanation
  const heads = steps.map((step) => `${'  '.repeat(step.depth)}${turnText(step)}${oneLine(step.text)}`)
  const width = Math.min(MAX_TEXT, Math.max(...heads.map((head) => head.length)))
  const lines = steps.map(
    (step, index) => `${(heads[index] ?? '').padEnd(width)}  ${outcomeText(step, shown)}`,
  )
  return omitted === 0 ? lines : [...lines, `… and ${omitted} more inside`]
}

/** What a sub-expression came to, in a few words. */
export function outcomeText({ outcome, isTest }: ExplanationStep, shown: ShownValues): string {
  switch (outcome.kind) {
    case 'value':
      return shown === 'values' || (isTest && typeof outcome.value === 'boolean')
        ? valueText(outcome.value)
        : valueType(outcome.value)
    case 'no_value':
      return 'no value'
    case 'not_evaluated':
      return 'not evaluated'
    case 'fault':
      return faultText(outcome)
  }
}

/** Said in full where it arose, and once. */
function faultText({ fault, isOrigin }: Extract<StepOutcome, { kind: 'fault' }>): string {
  return isOrigin ? printable(`fault: ${fault.message} (${fault.code})`) : 'fault'
}

function turnText({ turn }: ExplanationStep): string {
  return turn === undefined ? '' : `#${turn.index} of ${turn.of}: `
}

function oneLine(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' '))
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}…`
}
