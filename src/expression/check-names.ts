import jsonata, { type SyntaxNode } from '#jsonata-sync'
import { nearest } from '../model/did-you-mean.ts'
import { EVENT_VARIABLES, type EventVariable, isEventVariable } from './evaluation-context.ts'
import { ExpressionSyntaxError } from './expression-syntax-error.ts'
import { type NameUse, nameUses } from './names.ts'
import { placeOf } from './place.ts'

const FUNCTIONS: ReadonlySet<string> = new Set(jsonata.builtIns)

const NOT_REPRODUCIBLE = 'a rule must give the same verdict each time that it judges an event'

/** Functions that are refused, each with the reason. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['eval', 'an expression may not run a string as an expression: no reviewer could see what it does'],
  ['random', NOT_REPRODUCIBLE],
  ['shuffle', NOT_REPRODUCIBLE],
  ['uuid', NOT_REPRODUCIBLE],
])

/**
 * Checks every name that the expression uses, and gives the event variables among them. Throws ExpressionSyntaxError for a name that
 * nothing binds and for a refused function, called or passed on as a value.
 */
export function checkNames(root: SyntaxNode, source: string): ReadonlySet<EventVariable> {
  const variables = new Set<EventVariable>()
  for (const use of nameUses(root)) {
    if (isContext(use)) continue
    // Also for names that the expression binds: before the binding has run, the outer meaning holds.
    assertAllowed(use, source)
    if (use.hasDollar && isEventVariable(use.name)) variables.add(use.name)
    if (!use.isBound) assertKnown(use, source)
  }
  return variables
}

/** `$` and `$$`. */
function isContext({ name, hasDollar }: NameUse): boolean {
  return hasDollar && (name === '' || name === '$')
}

function assertAllowed(use: NameUse, source: string): void {
  const reason = use.hasDollar ? REFUSED.get(use.name) : undefined
  if (reason === undefined) return
  throw refuse(
    use,
    source,
    'EXPRESSION_REFUSED_FUNCTION',
    `$${use.name} is refused: ${reason}`,
    `Write the rule without $${use.name}.`,
  )
}

function assertKnown(use: NameUse, source: string): void {
  if (!use.hasDollar) throw fieldCalled(use, source)
  if (FUNCTIONS.has(use.name) || (isEventVariable(use.name) && !use.isCall)) return
  throw use.isCall ? unknownFunction(use, source) : unknownVariable(use, source)
}

function fieldCalled(use: NameUse, source: string): ExpressionSyntaxError {
  const known = FUNCTIONS.has(use.name) ? use.name : nearest(use.name, FUNCTIONS)
  return refuse(
    use,
    source,
    'EXPRESSION_UNKNOWN_FUNCTION',
    `${use.name}(…) calls a field of the event, which is never a function`,
    known === undefined ? 'Names of functions begin with $.' : `Did you mean $${known}(…)?`,
  )
}

function unknownFunction(use: NameUse, source: string): ExpressionSyntaxError {
  const known = nearest(use.name, FUNCTIONS)
  return refuse(
    use,
    source,
    'EXPRESSION_UNKNOWN_FUNCTION',
    `there is no function $${use.name}`,
    known === undefined
      ? "Use one of JSONata's functions, or define it: ($name := function(…){ … }; …)."
      : `Did you mean $${known}?`,
  )
}

function unknownVariable(use: NameUse, source: string): ExpressionSyntaxError {
  const known = nearest(use.name, [...EVENT_VARIABLES, ...FUNCTIONS])
  const offered = EVENT_VARIABLES.map((name) => `$${name}`).join(', ')
  return refuse(
    use,
    source,
    'EXPRESSION_UNKNOWN_VARIABLE',
    `nothing binds the variable $${use.name} here`,
    known === undefined
      ? `A field is written without $; the variables of a record are ${offered}.`
      : `Did you mean $${known}?`,
  )
}

function refuse(
  use: NameUse,
  source: string,
  code: string,
  message: string,
  hint: string,
): ExpressionSyntaxError {
  return new ExpressionSyntaxError(code, message, placeOf(source, use.node.position ?? 0, use.name), hint)
}
