import type { CATALOGUE, MetricName } from '../telemetry/catalogue.ts'
import { BROKEN_RULE_ERRORS, USUAL_WINDOW_MS } from './bounds.ts'
import { spanText } from './spans.ts'
import { someOf } from './texts.ts'
import type { WatchedGroup } from './watched.ts'

type NamesOf<Type extends 'count' | 'gauge'> = {
  [Name in MetricName]: (typeof CATALOGUE)[Name]['type'] extends Type ? Name : never
}[MetricName]

/** What goes wrong with the service of a domain or on one of its topics, as every system tells of it. None of it is about single rules. */
export interface Trouble {
  readonly check: string
  readonly metric:
    | { readonly type: 'count'; readonly name: NamesOf<'count'> }
    | { readonly type: 'gauge'; readonly name: NamesOf<'gauge'> }
  /** A count is too much if it grows by more than this within the time, a gauge if it is above it all the time. */
  readonly most: number
  readonly overMs: number
  /** Whether somebody must act now, in working hours, or need not act at all. */
  readonly urgency: 'page' | 'ticket' | 'notice'
  /** What broke, after the name of the topic or domain. */
  readonly title: string
  readonly broke: string
  readonly next: string
  readonly recovered: string
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Flushes of a quarter of an hour that may fail before somebody looks: single ones are made good by the next. */
const FAILED_FLUSHES = 10

/** Troubles of a topic, for all contracts on it. */
export function topicTroubles({ name, contracts, settings }: WatchedGroup<unknown>): Trouble[] {
  const who = `Contracts on the topic: ${someOf(contracts.map(({ tags }) => tags.contract))}.`
  const missing: Trouble = {
    check: 'topic_missing',
    metric: { type: 'gauge', name: 'dq.topic.missing' },
    most: 0,
    overMs: 5 * MINUTE_MS,
    urgency: 'page',
    title: 'the topic does not exist or may not be read',
    broke: `Topic ${name} does not exist, or the service may not read it. Its contracts are not watched; those on other topics are. ${who}`,
    next: 'Compare the name with that of the contracts, and check the permissions of the consumer group.',
    recovered: 'The topic is there and is read.',
  }
  const gap: Trouble = {
    check: 'offset_gap',
    metric: { type: 'count', name: 'dq.offset_gap' },
    most: 0,
    overMs: HOUR_MS,
    urgency: 'ticket',
    title: 'records were gone before they were judged',
    broke: `Retention or a reset removed records of topic ${name} that were not judged yet: whether they kept the contracts is not known, and will not be. ${who}`,
    next: `See how late verdicts were before (dq.consumer.lag_seconds), and whether brokers keep records for ${spanText(settings.retentionMs)} as this alarm supposes. Give the service more CPU or keep records longer; a topic that was made anew needs nothing.`,
    recovered: 'Nothing more was lost for an hour. What was lost stays unjudged.',
  }
  const hasUnpromised = contracts.some(({ contract }) => contract.promises.validity === undefined)
  return hasUnpromised ? [missing, gap, undecodable(name, who)] : [missing, gap]
}

/** Where validity is promised, such records count against it; elsewhere no rule sees them. */
function undecodable(topic: string, who: string): Trouble {
  return {
    check: 'undecodable',
    metric: { type: 'count', name: 'dq.records.rejected' },
    most: BROKEN_RULE_ERRORS,
    overMs: USUAL_WINDOW_MS,
    urgency: 'ticket',
    title: 'records can’t be read',
    broke: `Records of topic ${topic} could not become events, more than ${BROKEN_RULE_ERRORS} of the last ${spanText(USUAL_WINDOW_MS)}: no rule has seen them. ${who}`,
    next: 'The tag reason of dq.records.rejected says why. Run assay check on some records of the topic, and ask the producer what it changed.',
    recovered: 'Records can be read again. Those that could not be read are still in the topic.',
  }
}

/** Troubles of the service of a domain. */
export function domainTroubles({ name }: WatchedGroup<unknown>): Trouble[] {
  const window = spanText(USUAL_WINDOW_MS)
  return [
    {
      check: 'stale_rules',
      metric: { type: 'gauge', name: 'dq.rules.stale' },
      most: 0,
      overMs: 10 * MINUTE_MS,
      urgency: 'ticket',
      title: 'the rules on disk can’t be loaded',
      broke: `The rule files of domain ${name} can not be used: the last good rules go on, and what was merged since does not run.`,
      next: 'Run assay validate on the rules that were deployed; the log of the service has the problems.',
      recovered: 'What runs is what the files say.',
    },
    {
      check: 'registry_unavailable',
      metric: { type: 'gauge', name: 'dq.registry.unavailable' },
      most: 0,
      overMs: 5 * MINUTE_MS,
      urgency: 'page',
      title: 'the schema registry does not answer',
      broke: `The schema registry does not answer the service of domain ${name}. Partitions whose next record needs it wait; nothing of them is judged or lost.`,
      next: 'See whether the registry runs, and whether address and credentials are still right.',
      recovered: 'The registry answers, and what waited is judged now.',
    },
    {
      check: 'commit_failures',
      metric: { type: 'count', name: 'dq.commit.failures' },
      most: FAILED_FLUSHES,
      overMs: USUAL_WINDOW_MS,
      urgency: 'ticket',
      title: 'offsets can’t be committed',
      broke: `The brokers did not take commits of the service of domain ${name}, more than ${FAILED_FLUSHES} times in ${window}. Judging goes on, but after a restart it would begin again where it was last committed, and count events a second time.`,
      next: 'The log of the service has the answer of the brokers. See whether the group is rebalanced again and again, and whether it may still commit.',
      recovered: 'Offsets are committed again, those of before included.',
    },
    {
      check: 'send_failures',
      metric: { type: 'count', name: 'dq.metrics.send_failures' },
      most: FAILED_FLUSHES,
      overMs: USUAL_WINDOW_MS,
      urgency: 'ticket',
      title: 'metrics can’t be sent',
      broke: `A receiver did not take the metrics of the service of domain ${name}, more than ${FAILED_FLUSHES} times in ${window}. Totals are kept, and nothing is committed meanwhile; what other monitors showed of that time may be late.`,
      next: 'The log of the service says which receiver it is and why. See whether it runs, and whether its address is still right.',
      recovered: 'All totals are sent, and offsets are committed again.',
    },
    {
      check: 'folded_series',
      metric: { type: 'gauge', name: 'dq.metrics.folded_series' },
      most: 0,
      overMs: 10 * MINUTE_MS,
      urgency: 'ticket',
      title: 'some rules have no metrics of their own',
      broke: `The rules of domain ${name} make more series than --max-series allows. Those beyond it are judged and counted as rule:other, and no monitor of a rule sees them.`,
      next: 'Raise --max-series, or take rules out: assay validate prints how many series they make.',
      recovered: 'Every rule has metrics of its own again.',
    },
    {
      check: 'expression_differences',
      metric: { type: 'count', name: 'dq.expression.differences' },
      most: 0,
      overMs: HOUR_MS,
      urgency: 'notice',
      title: 'an expression was judged in two ways',
      broke: `The compiled form of a rule of domain ${name} gave another outcome than the interpreter. That is a fault of Assay. The interpreter judges the rule from now on; its verdicts of before may be wrong.`,
      next: 'Please report it with the expression: the log of the service has it, and the tags of dq.expression.differences name the rule.',
      recovered:
        'No more rule was found for an hour. Those that were found stay with the interpreter until the service starts again.',
    },
  ]
}
