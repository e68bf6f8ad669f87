import type { CompiledRule } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import { explainExpression, fieldMentions } from '../expression/index.ts'
import type { Explanation, ExplanationStep } from '../expression/index.ts'
import type { ExplainedStep } from '../model/violation.ts'
import { valueText, valueType } from '../report/value-text.ts'
import type { FieldMasks, FieldPath } from './field-masks.ts'
import { safeMessage } from './safe-message.ts'
import { valuesAt } from './shown-values.ts'

/** Lines of one explanation, and characters of one line. */
const MAX_STEPS = 12
const MAX_TEXT = 160

/** A name on its own or several joined by dots: the text of a field. */
const PLAIN_PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/

/** Whose values may be looked at. */
interface Looking {
  readonly event: unknown
  readonly masks: FieldMasks
}

/**
 * How an assertion, or the condition that kept it from being judged, came to its outcome. Values of fields are shown if the allow-list
 * names them and no class hides them; of all other values only the type. A schema's verdict has its explanation in its message.
 */
export function explainViolation(
  { condition, check }: CompiledRule,
  event: unknown,
  context: EventContext,
  masks: FieldMasks,
): ExplainedStep[] {
  const asked = condition && explainExpression(condition, event, context)
  const isKept = asked === undefined || isTrue(asked)
  const asserted = isKept && check.kind === 'assert' ? check.expression : undefined
  const told = isKept ? asserted && explainExpression(asserted, event, context) : asked
  return (told?.steps ?? []).slice(0, MAX_STEPS).map((step) => ({
    text: oneLine(step),
    depth: step.depth,
    outcome: outcomeOf(step, { event, masks }),
  }))
}

function isTrue({ outcome }: Explanation): boolean {
  return outcome.kind === 'value' && outcome.value === true
}

function outcomeOf(step: ExplanationStep, looking: Looking): string {
  const { outcome } = step
  switch (outcome.kind) {
    case 'value':
      return valueOf(step, outcome.value, looking)
    case 'no_value':
      return 'no value'
    case 'not_evaluated':
      return 'not evaluated'
    case 'fault':
      return outcome.isOrigin
        ? `fault: ${safeMessage(outcome.fault.message, outcome.fault.code)} (${outcome.fault.code})`
        : 'fault'
  }
}

function valueOf({ text, depth, isTest }: ExplanationStep, value: unknown, looking: Looking): string {
  if (isTest && typeof value === 'boolean')
    return depth > 0 && isAboutHidden(text, looking) ? 'a boolean' : String(value)
  return isShown(text, value, looking) ? valueText(value) : valueType(value)
}

/** The answer to a question about a field that nobody may see would tell of it. */
function isAboutHidden(text: string, { masks }: Looking): boolean {
  return fieldMentions(text).some(({ path }) => masks.isAboutHidden(path))
}

/**
 * Within brackets a name starts from somewhere inside of the event, so that its text may look like the path of another field. What
 * decides is therefore the value too: one that stands at the allowed path may be shown, wherever it was found.
 */
function isShown(text: string, value: unknown, { event, masks }: Looking): boolean {
  if (typeof value === 'object' || !PLAIN_PATH.test(text)) return false
  const path: FieldPath = text.split('.')
  const isAllowed = masks.isAllowed(path) && masks.visibility(path) === 'shown'
  return isAllowed && valuesAt(event, path).includes(value)
}

function oneLine({ text, turn }: ExplanationStep): string {
  const item = turn === undefined ? '' : `#${turn.index} of ${turn.of}: `
  const line = `${item}${text.replaceAll(/\s+/g, ' ')}`
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1)}…`
}
