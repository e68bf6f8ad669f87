import { normaliseTagValue } from '../../../model/tag.ts'
import { SAMPLES } from '../../facts.ts'
import type { Report } from '../../finding.ts'
import { CONSUMERS, PRODUCER } from '../messages.ts'
import { type MetricQuery, valuesOf } from './expression.ts'
import type { MonitorJson } from './json-types.ts'

/** What tells about events, and not about the checker: whoever is called must know whose they are. */
export const ABOUT_EVENTS = new Set([
  'dq.events',
  'dq.rule.evaluations',
  'dq.rule.status',
  'dq.topic.event_age',
])

/**
 * What whoever is called would miss: which of several groups it is, whose events they are, what a rule asks for.
 *
 * @param queries of a monitor over metrics; none of one over an objective
 */
export function checkTold(
  { name, message, tags }: MonitorJson,
  queries: readonly MetricQuery[],
  report: Report,
): void {
  const open = new Set(queries.flatMap((query) => query.by.filter((tag) => !isNarrowed(query, tag))))
  for (const tag of open) {
    if (!name.includes(`{{${tag}.name}}`))
      report('/name', `does not tell which ${tag} it is: {{${tag}.name}}`)
  }
  checkSubject(name, tags, report)
  const isAboutEvents = queries.length === 0 || queries.some(({ metric }) => ABOUT_EVENTS.has(metric))
  const isOfBrokenRule = queries.some((query) => valuesOf(query, 'result').join() === 'error')
  for (const call of callsOf(message)) {
    for (const tag of open) {
      if (!call.includes(`{{${tag}.name}}`))
        report('/message', `does not tell which ${tag} it is: {{${tag}.name}}`)
    }
    checkNamed(call, tags, report)
    if (isAboutEvents && !isOfBrokenRule) checkPeople(call, tags, report)
    checkSamples(call, tags, queries, report)
    checkRules(call, queries, report)
  }
}

/** A name begins with what the monitor is about. */
function checkSubject(name: string, tags: readonly string[], report: Report): void {
  const contract = valueOf(tags, 'contract')
  const topic = valueOf(tags, 'topic')
  const subject = contract ?? (topic === undefined ? `domain ${valueOf(tags, 'domain')}` : `topic ${topic}`)
  if (!name.startsWith(`${subject}: `)) report('/name', `must begin with \`${subject}: \``)
}

/** What is called out says which contract it is about; `orders` is not told by `orders.v1`. */
function checkNamed(call: string, tags: readonly string[], report: Report): void {
  const contract = valueOf(tags, 'contract')
  if (contract === undefined) return
  const words = call.split(/[^\w.:/-]+/).map((word) => word.replace(/[.:]+$/, ''))
  if (!words.includes(contract)) report('/message', `does not name ${contract}`)
}

/** Of events that failed, one wants to see some: those of the own topic. */
function checkSamples(
  call: string,
  tags: readonly string[],
  queries: readonly MetricQuery[],
  report: Report,
): void {
  const isOfFailures = queries.some((query) => valuesOf(query, 'result').includes('fail'))
  if (isOfFailures && !call.includes(`- ${SAMPLES}: `))
    report('/message', `does not say how to see what failed: a line \`- ${SAMPLES}: …\` is missing`)
  const topic = valueOf(tags, 'topic') ?? ''
  for (const [, named = ''] of call.matchAll(/ --topic ([^\s`]+)/g)) {
    if (normaliseTagValue(named) !== topic)
      report('/message', `shows samples of ${named}, and is about ${topic}`)
  }
}

function valueOf(tags: readonly string[], key: string): string | undefined {
  return tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1)
}

function checkPeople(call: string, tags: readonly string[], report: Report): void {
  const lines = call.split('\n')
  const [producer, consumers] = [PRODUCER, CONSUMERS].map((label) => {
    const line = lines.find((each) => each.startsWith(`- ${label}: `))
    if (line === undefined)
      report('/message', `does not tell who it is about: a line \`- ${label}: …\` is missing`)
    return line?.slice(`- ${label}: `.length)
  })
  const team = valueOf(tags, 'team')
  if (producer !== undefined && consumers !== undefined && !isOf(consumers, team))
    report('/message', `says that ${consumers} relies on it, and the tags say team:${team}`)
}

/** Whether a line begins with the name of a team; braces of names are written otherwise there. */
function isOf(line: string, team: string | undefined): boolean {
  return team === undefined || normaliseTagValue(line).startsWith(team)
}

/** Rules that a query names are those that the message describes, unless they are too many to be described. */
function checkRules(call: string, queries: readonly MetricQuery[], report: Report): void {
  if (/^- and \d+ more rules$/m.test(call)) return
  const described = [...call.matchAll(/^- `([^`]+)`: /gm)].map(([, rule = '']) => rule)
  const asked = new Set(queries.flatMap((query) => valuesOf(query, 'rule')))
  for (const rule of asked) {
    if (!described.includes(rule))
      report('/query', `asks for rule ${rule}, which the message does not describe`)
  }
  const isOpen = queries.some((query) => query.metric.startsWith('dq.rule.') && !isOfRules(query))
  if (described.length > 0 && isOpen)
    report('/query', `asks for all rules, and the message is about ${described.join(', ')}`)
}

/** Narrowed to rules, or to all rules of a severity. */
function isOfRules(query: MetricQuery): boolean {
  return valuesOf(query, 'rule').length > 0 || valuesOf(query, 'severity').length === 1
}

function isNarrowed(query: MetricQuery, tag: string): boolean {
  return valuesOf(query, tag).length === 1
}

/** What is said in an alarm, and in a warning if there is one. */
function callsOf(message: string): string[] {
  return [...message.matchAll(/\{\{#(is_alert|is_warning)\}\}(.*?)\{\{\/\1\}\}/gs)].map(
    ([, , text = '']) => text,
  )
}
