import type { Explanation, ExplanationStep, StepOutcome } from '../expression/index.ts'
import { printable } from './printable.ts'
import { valueText, valueType } from './value-text.ts'

/** The widest column of sub-expressions, and how much of one is shown at least. */
const MAX_TEXT = 70
const MIN_TEXT = 20

/** Whether the values of the event may be read: in the user's own file they may, in a log or on a page only their types. */
export type ShownValues = 'values' | 'types'

/**
 * How an outcome came about, for people: a line for each sub-expression with what it came to, those inside it indented below. No line
 * breaks within a line, whatever the source and the event hold.
 */
export function explanationLines(explanation: Explanation, shown: ShownValues): string[] {
  const { steps, omitted } = explanation
  const heads = steps.map(headOf)
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

/** The deeper it lies, the less of a sub-expression is shown, so that outcomes stand in one column. */
function headOf({ text, depth, turn }: ExplanationStep): string {
  const indent = '  '.repeat(depth)
  const item = turn === undefined ? '' : `#${turn.index} of ${turn.of}: `
  return `${indent}${item}${oneLine(text, Math.max(MIN_TEXT, MAX_TEXT - indent.length - item.length))}`
}

function oneLine(text: string, length: number): string {
  const line = printable(text.replaceAll(/\s+/g, ' '))
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`
}
