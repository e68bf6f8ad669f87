import { normaliseTagValue } from '../../../model/tag.ts'
import { SAMPLES } from '../../facts.ts'
import type { Report } from '../../finding.ts'
import { CONSUMERS, PRODUCER } from '../messages.ts'
import type { MetricQuery } from './expression.ts'
import type { MonitorJson } from './json-types.ts'

/** What tells about events, and not about the checker: whoever is called must know whose they are. */
const ABOUT_EVENTS = new Set(['dq.events', 'dq.rule.evaluations', 'dq.rule.status', 'dq.topic.event_age'])

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
    if (!alertOf(message).includes(`{{${tag}.name}}`))
      report('/message', `does not tell which ${tag} it is: {{${tag}.name}}`)
  }
  checkSubject(name, message, tags, report)
  const isAboutEvents = queries.length === 0 || queries.some(({ metric }) => ABOUT_EVENTS.has(metric))
  const isOfBrokenRule = queries.some((query) => valuesOf(query, 'result').join() === 'error')
  if (isAboutEvents && !isOfBrokenRule) checkPeople(message, report)
  checkSamples(message, tags, queries, report)
  checkRules(message, queries, report)
}

/** A name begins with what the monitor is about, and a message says it. */
function checkSubject(name: string, message: string, tags: readonly string[], report: Report): void {
  const contract = valueOf(tags, 'contract')
  const topic = valueOf(tags, 'topic')
  const subject = contract ?? (topic === undefined ? `domain ${valueOf(tags, 'domain')}` : `topic ${topic}`)
  if (!name.startsWith(`${subject}: `)) report('/name', `must begin with \`${subject}: \``)
  if (contract !== undefined && !alertOf(message).includes(contract))
    report('/message', `does not name ${contract}`)
}

/** Of events that failed, one wants to see some: those of the own topic. */
function checkSamples(
  message: string,
  tags: readonly string[],
  queries: readonly MetricQuery[],
  report: Report,
): void {
  const isOfFailures = queries.some((query) => valuesOf(query, 'result').includes('fail'))
  if (isOfFailures && !alertOf(message).includes(`- ${SAMPLES}: `))
    report('/message', `does not say how to see what failed: a line \`- ${SAMPLES}: …\` is missing`)
  const topic = valueOf(tags, 'topic') ?? ''
  for (const [, named = ''] of message.matchAll(/ --topic ([^\s`]+)/g)) {
    if (normaliseTagValue(named) !== topic)
      report('/message', `shows samples of ${named}, and is about ${topic}`)
  }
}

function valueOf(tags: readonly string[], key: string): string | undefined {
  return tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1)
}

function checkPeople(message: string, report: Report): void {
  const lines = alertOf(message).split('\n')
  for (const label of [PRODUCER, CONSUMERS]) {
    if (!lines.some((line) => line.startsWith(`- ${label}: `)))
      report('/message', `does not tell who it is about: a line \`- ${label}: …\` is missing`)
  }
}

/** Rules that a query names are those that the message describes, unless they are too many to be described. */
function checkRules(message: string, queries: readonly MetricQuery[], report: Report): void {
  if (/^- and \d+ more rules$/m.test(message)) return
  const rules = new Set(queries.flatMap((query) => valuesOf(query, 'rule')))
  for (const rule of rules) {
    if (!alertOf(message).includes(`- \`${rule}\`: `))
      report('/query', `asks for rule ${rule}, which the message does not describe`)
  }
}

function isNarrowed(query: MetricQuery, tag: string): boolean {
  return valuesOf(query, tag).length === 1
}

function valuesOf({ filter }: MetricQuery, tag: string): readonly string[] {
  const term = filter.find((each) => each.kind === 'tag' && each.tag === tag)
  return term?.kind === 'tag' && !term.isNegated ? term.values : []
}

/** What is said in an alarm. */
function alertOf(message: string): string {
  return message.slice(0, message.indexOf('{{/is_alert}}'))
}
