import { toExpression, toRuleWords } from './field-path.ts'
import { personalClass } from './personal.ts'
import { type Summary, isAlwaysThere, nameOf, onlyType } from './summary.ts'
import { hasWord } from './words.ts'

/** An assertion that a sample suggests, and what would break it. */
export interface Candidate {
  readonly id: string
  readonly description: string
  readonly dimension: 'accuracy' | 'timeliness'
  readonly assert: string
  readonly broken: {
    /** What is wrong with the event, to name a case by. */
    readonly name: string
    readonly path: readonly string[]
    readonly value: unknown
  }
  /** The field whose text is the time of the event, if the rule asks for the time. */
  readonly timeField?: readonly string[]
}

const AMOUNTS = ['amount', 'price', 'total', 'cost', 'fee', 'gross', 'net', 'quantity', 'qty', 'count']
const TIMES = [
  'occurred',
  'happened',
  'timestamp',
  'event time',
  'time',
  'created',
  'published',
  'updated',
  'at',
  'date',
]
const MAX_AMOUNTS = 2
const MINUTES_AHEAD = 5

/** Assertions on fields that every event has, the likeliest first. */
export function candidatesOf(root: Summary): Candidate[] {
  const fields = [...alwaysThere(root)]
  const amounts = fields.flatMap((field) => amountRule(field) ?? [])
  const time = timeFieldOf(root)
  const timely = time && timeRule(time)
  return [...amounts.slice(0, MAX_AMOUNTS), ...(timely ? [timely] : [])]
}

/** The field that most likely says when an event happened; undefined if there is none. */
export function timeFieldOf(root: Summary): Summary | undefined {
  const times = [...alwaysThere(root)].filter(isTime)
  return times.toSorted((a, b) => rankOfTime(a) - rankOfTime(b))[0]
}

/** Fields that are not inside of arrays and maps, and are in every event. */
function* alwaysThere(parent: Summary): Generator<Summary> {
  if (parent.isMap || onlyType(parent) !== 'object' || parent.types.has('null')) return
  for (const field of parent.fields.values()) {
    if (!isAlwaysThere(field, parent)) continue
    yield field
    yield* alwaysThere(field)
  }
}

function amountRule(field: Summary): Candidate | undefined {
  const { path, minimum, types } = field
  const [expression, words] = [toExpression(path), toRuleWords(path.slice(-2))]
  const isAmount = types.size === 1 && types.has('number') && hasWord(nameOf(field), AMOUNTS)
  if (!isAmount || minimum < 0 || personalClass(field.path) || !expression || !words) return undefined
  const isPositive = minimum > 0
  return {
    id: `${words}_is_${isPositive ? 'positive' : 'not_negative'}`,
    description: `\`${path.join('.')}\` is ${isPositive ? 'above zero' : 'not below zero'}.`,
    dimension: 'accuracy',
    assert: `${expression} ${isPositive ? '>' : '>='} 0`,
    broken: { name: `a negative ${path.join('.')}`, path, value: -1 },
  }
}

function isTime(field: Summary): boolean {
  const isText = field.types.size === 1 && field.formats[0] === 'date-time'
  return isText && hasWord(nameOf(field), TIMES) && personalClass(field.path) === undefined
}

function rankOfTime(field: Summary): number {
  return field.path.length * TIMES.length + TIMES.findIndex((word) => hasWord(nameOf(field), [word]))
}

function timeRule({ path }: Summary): Candidate | undefined {
  const [expression, words] = [toExpression(path), toRuleWords(path.slice(-2))]
  if (!expression || !words) return undefined
  return {
    id: `${words}_is_not_in_the_future`,
    description: `The time in \`${path.join('.')}\` is at most ${MINUTES_AHEAD} minutes ahead of ours.`,
    dimension: 'timeliness',
    assert: `$toMillis(${expression}) <= $millis() + ${MINUTES_AHEAD} * 60000`,
    broken: { name: `a time in the future in ${path.join('.')}`, path, value: '2999-01-01T00:00:00Z' },
    timeField: path,
  }
}
