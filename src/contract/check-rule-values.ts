import type { ErrorCode } from '../errors/register.ts'
import type { Location, Problem } from '../model/problem.ts'
import { isTimeZone } from '../stream/time-zone.ts'
import { coversWholeWeek, leavesWindow, longestFreeMs } from '../stream/week.ts'
import type { RuleValues } from './contract-values.ts'
import { quote } from './describe-node.ts'
import type { Read } from './shape.ts'
import { suggestTimeZone } from './suggest-time-zone.ts'
import { delayMs } from './times.ts'
import { type ExceptValues, toExceptions, toShare } from './to-stream-rule.ts'

/** Reports what is wrong with the values of rules together, where each of them alone may be right. */
export function checkRuleValues(rules: readonly Read<RuleValues>[]): Problem[] {
  return rules.flatMap(({ value: { id, freshness, volume, tolerance } }) => {
    const subject = `rule ${quote(id.value)}: `
    return [
      ...(freshness ? checkFreshness(subject, freshness.value) : []),
      ...(volume ? checkVolume(subject, volume.value) : []),
      ...checkTolerance(subject, tolerance),
    ]
  })
}

type Freshness = NonNullable<RuleValues['freshness']>['value']
type Volume = NonNullable<RuleValues['volume']>['value']

function checkFreshness(subject: string, { within, except }: Freshness): Problem[] {
  const problems = checkExceptions(`${subject}\`freshness.except`, except)
  if (problems.length > 0 || longestFreeMs(toExceptions(except)) > delayMs(within.value)) return problems
  const message = `${subject}\`freshness.within\` (${within.value}) is no shorter than any time that \`except\` leaves, so no silence is ever too long`
  return [problem('RULE_CAN_NEVER_FAIL', message, 'Shorten `within`, or the exceptions.', within.at)]
}

function checkVolume(subject: string, { over, min, max, lateness, except }: Volume): Problem[] {
  const problems = checkExceptions(`${subject}\`volume.except`, except)
  const canTell = problems.length === 0
  if (min && max && min.value > max.value) {
    const message = `${subject}\`volume.min\` (${min.value}) is above \`volume.max\` (${max.value}), so no window can be right`
    problems.push(problem('RULE_BOUNDS_CROSSED', message, 'Swap the two, or correct one of them.', min.at))
  }
  if (lateness && delayMs(lateness.value) > MOST_WINDOWS * delayMs(over.value)) {
    const message = `${subject}\`volume.lateness\` (${lateness.value}) is longer than ten windows of ${over.value}`
    const hint = 'Each window is judged that long after its end: shorten `lateness`, or lengthen `over`.'
    problems.push(problem('LATENESS_TOO_LONG', message, hint, lateness.at))
  }
  if (canTell && !leavesWindow(toExceptions(except), delayMs(over.value))) {
    const message = `${subject}no window of \`volume.over\` (${over.value}) fits into the times that \`except\` leaves, so none is ever judged`
    const hint =
      'Shorten `over`, or the exceptions. Windows begin at multiples of their length since 1970 (UTC).'
    problems.push(problem('RULE_CAN_NEVER_FAIL', message, hint, over.at))
  }
  return problems
}

/** As many windows are kept while they wait for late events. */
const MOST_WINDOWS = 10

/** Reports shares of which one makes the other senseless. */
export function checkTolerance(subject: string, tolerance: RuleValues['tolerance']): Problem[] {
  if (tolerance === undefined || typeof tolerance.value === 'string') return []
  const { warn, fail } = tolerance.value
  if (toShare(fail.value) === 1) {
    const message = `${subject}\`tolerance.fail\` is 100%, and no share of failures is above that, so the rule is never breached`
    return [
      problem(
        'RULE_CAN_NEVER_FAIL',
        message,
        'Lower it, or use `mode: shadow` for a rule that is only tried out.',
        fail.at,
      ),
    ]
  }
  if (!warn || toShare(warn.value) < toShare(fail.value)) return []
  const message = `${subject}\`tolerance.warn\` (${warn.value}) is not below \`tolerance.fail\` (${fail.value}), so the rule is breached before it warns`
  return [
    problem('RULE_BOUNDS_CROSSED', message, 'Lower `warn`, raise `fail`, or leave `warn` out.', warn.at),
  ]
}

/** @param label where the exceptions stand, without the closing backtick */
function checkExceptions(label: string, except: ExceptValues): Problem[] {
  const problems = (except?.value ?? []).flatMap(({ value: { hours, timezone } }) => [
    ...(hours && isEmpty(hours.value) ? [emptyHours(label, hours)] : []),
    ...(isTimeZone(timezone.value) ? [] : [unknownZone(label, timezone)]),
  ])
  if (except && problems.length === 0 && coversWholeWeek(toExceptions(except))) {
    const message = `${label}\` leaves no time of the week, so the rule never judges anything`
    problems.push(
      problem('RULE_CAN_NEVER_FAIL', message, 'Shorten an exception, or remove the rule.', except.at),
    )
  }
  return problems
}

function isEmpty(hours: string): boolean {
  const [from, to] = hours.split('-')
  return from === to
}

function emptyHours(label: string, { value, at }: Read<string>): Problem {
  const message = `${label}.hours\` end when they begin: ${quote(value)}`
  return problem(
    'CONTRACT_BAD_VALUE',
    message,
    'Correct one of the two times; for the whole day, leave `hours` out.',
    at,
  )
}

function unknownZone(label: string, { value, at }: Read<string>): Problem {
  return problem(
    'UNKNOWN_TIME_ZONE',
    `${label}.timezone\` is no time zone: ${quote(value)}`,
    suggestTimeZone(value),
    at,
  )
}

function problem(code: ErrorCode, message: string, hint: string, at: Location): Problem {
  return { code, severity: 'error', message, hint, at }
}
