import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { readReferencedFile } from '../adapters/files/text-file.ts'
import { BadValue, parseCount, parseInstantMs } from '../config/values.ts'
import { DEFAULT_DECODE_LIMITS, decodeValue } from '../decode/decode.ts'
import type { CompiledContract, CompiledRule, CompiledStreamRule } from '../evaluate/compiled.ts'
import { EventContext } from '../evaluate/context.ts'
import { explainRule } from '../evaluate/explain-rule.ts'
import { nearest } from '../model/did-you-mean.ts'
import type { Problem } from '../model/problem.ts'
import type { KafkaRecord } from '../model/record.ts'
import { reportRuleExplanationAsJson } from '../report/rule-explanation-json.ts'
import { reportRuleExplanationAsText } from '../report/rule-explanation-text.ts'
import { type RuleMeaning, reportMeaningAsJson, reportMeaningAsText } from '../report/rule-meaning.ts'
import type { Report } from '../report/exit-codes.ts'
import { reportUnreadEvent } from '../report/unread-event.ts'
import { reportProblemsAsJson } from '../report/problems-json.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { isFuture, readEventTime } from '../stream/event-time.ts'
import { meaningOf } from '../stream/meaning.ts'
import { outputOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { isUsable, loadRules } from './load-rules.ts'
import { readEvent } from './read-event.ts'
import type { EventBytes } from './read-event.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface ExplainFlags {
  readonly line: number | undefined
  readonly key: string | undefined
  readonly header: Readonly<Record<string, string[]>> | undefined
  readonly timestamp: number | undefined
  readonly now: number | undefined
  readonly output: 'text' | 'json'
}

/** Adds `assay explain` to the program. */
export function addExplain(program: Command, { streams, end }: CommandLine): void {
  program
    .command('explain')
    .description(
      'show how a rule comes to its verdict on an event, step by step and with values; without an event, what the rule and its status mean',
    )
    .argument('<file>', 'a contract file')
    .argument('<rule>', 'the id of one of its rules')
    .argument('[event]', 'a file with a JSON event, or - for standard input')
    .option('--line <number>', 'the line of the event, if the file holds one a line', toLine)
    .option('--key <text>', 'what the rule sees as $key')
    .option('--header <name=value>', 'what the rule sees in $headers; may be given again', toHeaders)
    .option('--timestamp <time>', 'what the rule sees as $timestamp; the present unless given', toInstant)
    .option('--now <time>', 'what $now() and $millis() show; the present unless given', toInstant)
    .addOption(outputOption(['text', 'json']))
    .action(async (file: string, rule: string, event: string | undefined, flags: ExplainFlags) =>
      end(await explain({ file, rule, event }, flags, streams)),
    )
}

interface Wanted {
  readonly file: string
  readonly rule: string
  readonly event: string | undefined
}

/** `assay explain`: one rule, one event, and how the verdict comes about. */
async function explain(wanted: Wanted, flags: ExplainFlags, streams: Streams): Promise<number> {
  const ruleSet = loadRules([wanted.file])
  const reportProblems = (problems: readonly Problem[]) =>
    flags.output === 'json'
      ? finish(streams, reportProblemsAsJson(problems))
      : refuse(streams, reportProblemsAsText(problems, ruleSet))
  if (!isUsable(ruleSet)) return reportProblems(ruleSet.problems)
  const contract = onlyContract(
    wanted.file,
    ruleSet.topics.flatMap(({ contracts }) => contracts),
  )
  if ('code' in contract) return reportProblems([contract])
  const chosen = chooseRule(contract, wanted.rule)
  if ('code' in chosen) return reportProblems([chosen])
  if (wanted.event === undefined) return finish(streams, reportMeaning(contract, chosen, undefined, flags))
  const event = await readEvent(wanted.event, flags.line)
  if ('code' in event) return reportProblems([event])
  return explainEvent(contract, chosen, event, flags, streams)
}

/** What the rule means over time, and which time it finds in an event. */
function reportMeaning(
  { contract }: CompiledContract,
  chosen: ChosenRule,
  time: RuleMeaning['time'],
  { output }: ExplainFlags,
): Report {
  const { rule } = chosen
  const meaning = { contract, rule, lines: meaningOf(rule, contract), time }
  return output === 'json' ? reportMeaningAsJson(meaning) : reportMeaningAsText(meaning)
}

function timeIn(
  { rule, field }: CompiledStreamRule,
  event: unknown,
  context: EventContext,
): RuleMeaning['time'] {
  if (field === undefined) return undefined
  const timeMs = readEventTime(field.evaluate(event, context))
  const found =
    timeMs === undefined
      ? 'none, so the rule does not see the event'
      : `${new Date(timeMs).toISOString()}${isFuture(timeMs, context.nowMs) ? ', which is too far ahead of our clock to be looked at' : ''}`
  return { field: rule.check.field?.text ?? '', found }
}

function explainEvent(
  contract: CompiledContract,
  chosen: ChosenRule,
  event: EventBytes,
  flags: ExplainFlags,
  streams: Streams,
): number {
  const nowMs = flags.now ?? systemClock.nowMs()
  const record = toRecord(contract.contract.topic, event, flags, nowMs)
  const decoded = decodeValue(record.value, contract.contract.format, DEFAULT_DECODE_LIMITS)
  if (decoded.kind !== 'event') return finish(streams, reportUnreadEvent(decoded, flags.output))
  const context = new EventContext(record, nowMs)
  if (isOverStream(chosen)) {
    return finish(streams, reportMeaning(contract, chosen, timeIn(chosen, decoded.value, context), flags))
  }
  const explanation = explainRule(contract, chosen.rule, decoded.value, context, readReferencedFile)
  return finish(
    streams,
    flags.output === 'json'
      ? reportRuleExplanationAsJson(explanation)
      : reportRuleExplanationAsText(explanation),
  )
}

function toRecord(topic: string, event: EventBytes, flags: ExplainFlags, nowMs: number): KafkaRecord {
  return {
    topic,
    partition: 0,
    offset: event.line - 1,
    timestampMs: flags.timestamp ?? nowMs,
    key: flags.key === undefined ? null : Buffer.from(flags.key),
    value: event.bytes,
    headers: Object.fromEntries(
      Object.entries(flags.header ?? {}).map(([name, values]) => [
        name,
        values.length === 1 ? values[0] : values,
      ]),
    ),
  }
}

function onlyContract(file: string, contracts: readonly CompiledContract[]): CompiledContract | Problem {
  const [only, another] = contracts
  if (only !== undefined && another === undefined) return only
  return {
    code: 'CONTRACT_UNCLEAR',
    severity: 'error',
    message: `${file} holds ${contracts.length} contracts`,
    hint: `Name the file of one: ${contracts.map(({ contract }) => contract.file).join(', ')}.`,
  }
}

type ChosenRule = CompiledRule | CompiledStreamRule

function isOverStream(chosen: ChosenRule): chosen is CompiledStreamRule {
  return !('condition' in chosen)
}

function chooseRule(
  { contract, rules, streamRules }: CompiledContract,
  wanted: string,
): ChosenRule | Problem {
  const all = [...rules, ...streamRules]
  const found = all.find(({ rule }) => rule.id === wanted)
  if (found !== undefined) return found
  const ids = all.map(({ rule }) => rule.id)
  const meant = nearest(wanted, ids)
  return {
    code: 'RULE_UNKNOWN',
    severity: 'error',
    message: `${contract.file}: the contract has no rule "${wanted}"`,
    hint: meant === undefined ? `It has ${ids.join(', ')}.` : `Did you mean "${meant}"?`,
  }
}

function toLine(text: string): number {
  return orRefuse(parseCount(text))
}

function toInstant(text: string): number {
  return orRefuse(parseInstantMs(text))
}

function toHeaders(text: string, before: Readonly<Record<string, string[]>> = {}): Record<string, string[]> {
  const separator = text.indexOf('=')
  if (separator < 1) throw new InvalidArgumentError('It must be NAME=VALUE.')
  const name = text.slice(0, separator)
  return { ...before, [name]: [...(before[name] ?? []), text.slice(separator + 1)] }
}

function orRefuse(value: number | BadValue): number {
  if (value instanceof BadValue) throw new InvalidArgumentError(`It must be ${value.expected}.`)
  return value
}
