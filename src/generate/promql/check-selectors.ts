import { BAD_RESULTS, GOOD_RESULTS, JUDGED_RESULTS } from '../results.ts'
import { checkExpression } from './check-expression.ts'
import { type KnownMetric, labelsByName } from './known-metrics.ts'
import { type Token, tokensOf, WORDS } from './tokens.ts'

/** Which series a dashboard is about. */
export interface SelectorPlace {
  readonly known: ReadonlyMap<string, KnownMetric>
  /** A label that every metric which has it must be narrowed to. */
  readonly subject: { readonly label: string; readonly value: string }
  /** Whether there is a variable for the environment, which holds for all. */
  readonly hasEnvironment: boolean
}

interface Matcher {
  readonly label: string
  readonly operator: string
  readonly value: string
}

interface Selector {
  readonly metric: string
  readonly matchers: readonly Matcher[]
  /** What stands between brackets behind it. */
  readonly range: string | undefined
  /** The function that it is the only argument of. */
  readonly within: string | undefined
}

const GROWTH = new Set(['increase', 'rate'])
/** Functions of a range of time, whatever they make of it. */
const OVER_TIME = new Set([...GROWTH, 'count_over_time'])
const RESULTS: readonly (readonly string[])[] = [BAD_RESULTS, GOOD_RESULTS, JUDGED_RESULTS, ['error']]

/** What is wrong with an expression, and with what it asks for. */
export function checkAsked(text: string, place: SelectorPlace, report: (message: string) => void): void {
  checkExpression(text, labelsByName(place.known), report)
  checkForms(text, place.known, report)
  // Alerts have the windows that contracts ask for, and are held to their labels.
  for (const { selector, metric } of askedIn(text, place.known)) {
    checkScope(selector, metric, place, report)
    checkRange(selector, report)
  }
}

/** What is wrong with the metrics that an expression asks for, whoever asks: values that are never sent, or a form that means nothing. */
export function checkForms(
  text: string,
  known: ReadonlyMap<string, KnownMetric>,
  report: (message: string) => void,
): void {
  const isNew = /\bunless\b/.test(text)
  for (const { selector, metric } of askedIn(text, known)) {
    checkForm(selector, metric, isNew, report)
    checkValues(selector, metric, report)
  }
}

/** What an expression asks for of the metrics that are known. */
function askedIn(
  text: string,
  known: ReadonlyMap<string, KnownMetric>,
): { readonly selector: Selector; readonly metric: KnownMetric }[] {
  const tokens = tokensOf(text, () => undefined) ?? []
  return selectorsOf(tokens).flatMap((selector) => {
    const metric = known.get(selector.metric)
    return metric === undefined ? [] : [{ selector, metric }]
  })
}

/** Counts grow and restart, so only how much they grew says something; gauges are what they are. */
function checkForm(
  { metric, range, within = '' }: Selector,
  { type }: KnownMetric,
  isNew: boolean,
  report: (message: string) => void,
): void {
  const isGrowth = GROWTH.has(within)
  if (OVER_TIME.has(within) !== (range !== undefined))
    report(`${metric}: a range such as [5m] and increase(…) go together`)
  if (type === 'gauge' && isGrowth) report(`${metric} is a gauge: it has no growth`)
  if (type !== 'gauge' && !isGrowth && !isNew)
    report(`${metric} is a count since the start of a process: increase(…) is missing`)
}

function checkValues(
  { metric, matchers }: Selector,
  { values }: KnownMetric,
  report: (message: string) => void,
): void {
  for (const { label, operator, value } of matchers) {
    const alternatives = operator.endsWith('~') ? value.split('|') : [value]
    const unknown = alternatives.find((each) => values.get(label)?.includes(each) === false)
    if (unknown !== undefined) report(`label ${label} of ${metric} never is ${unknown}`)
    const isSet = RESULTS.some((set) => set.toSorted().join() === alternatives.toSorted().join())
    if (metric === 'dq_events_total' && label === 'result' && !isSet)
      report(`${value} is neither what is bad, what is good, what was judged, nor error`)
  }
}

function checkScope(
  { metric, matchers }: Selector,
  { labels }: KnownMetric,
  { subject, hasEnvironment }: SelectorPlace,
  report: (message: string) => void,
): void {
  const own = matchers.find(({ label }) => label === subject.label)
  if (labels.has(subject.label) && (own?.operator !== '=' || own.value !== subject.value))
    report(`${metric} must be narrowed to ${subject.label}="${subject.value}"`)
  if (!labels.has(subject.label) && !matchers.some(({ label }) => label === 'topic' || label === 'domain'))
    report(`${metric} must be narrowed to the topic or the domain`)
  const environment = matchers.find(({ label }) => label === 'env')
  // Of several chosen values the variable is an alternative, which only =~ takes.
  if (hasEnvironment && (environment?.operator !== '=~' || environment.value !== '$env'))
    report(`${metric} shows all environments together: env=~"$env" is missing`)
}

function checkRange({ metric, range }: Selector, report: (message: string) => void): void {
  if (range !== undefined && /^\d+s$/.test(range) && Number.parseInt(range, 10) < 60)
    report(`${metric}: within ${range} there may be no two scrapes`)
}

function selectorsOf(tokens: readonly Token[]): Selector[] {
  const selectors: Selector[] = []
  let depth = 0
  for (const [index, { kind, text }] of tokens.entries()) {
    if (text === '{' || text === '[') depth += 1
    if (text === '}' || text === ']') depth -= 1
    const isLabel = depth > 0 || isGrouping(tokens, index)
    if (kind === 'name' && !isLabel && !WORDS.has(text)) selectors.push(selectorAt(tokens, index))
  }
  return selectors
}

function selectorAt(tokens: readonly Token[], index: number): Selector {
  const end =
    tokens[index + 1]?.text === '{' ? tokens.findIndex((each, at) => at > index && each.text === '}') : index
  const inside = tokens.slice(index + 2, end)
  const matchers = inside.flatMap(({ kind, text }, at): Matcher[] =>
    kind === 'name'
      ? [
          {
            label: text,
            operator: inside[at + 1]?.text ?? '',
            value: inside[at + 2]?.text.slice(1, -1) ?? '',
          },
        ]
      : [],
  )
  return {
    metric: tokens[index]?.text ?? '',
    matchers,
    range: tokens[end + 1]?.text === '[' ? tokens[end + 2]?.text : undefined,
    within: tokens[index - 1]?.text === '(' ? tokens[index - 2]?.text : undefined,
  }
}

/** Whether a name stands in the list behind `by`. */
function isGrouping(tokens: readonly Token[], index: number): boolean {
  let open = index
  while (open > 0 && ['name', 'sign'].includes(tokens[open]?.kind ?? '') && tokens[open]?.text !== '(')
    open -= 1
  return tokens[open]?.text === '(' && tokens[open - 1]?.text === 'by'
}
