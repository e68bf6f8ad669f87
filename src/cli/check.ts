import { type Command, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { parseInstantMs } from '../config/values.ts'
import { DEFAULT_DECODE_LIMITS, valueFormat } from '../decode/decode.ts'
import { CheckTally } from '../engine/check-tally.ts'
import { TopicJudge } from '../engine/judge-record.ts'
import { SamplePlay } from '../engine/play-sample.ts'
import { LiveTally } from '../engine/stream-tally.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import { canGenerateCode } from '../expression/index.ts'
import type { CheckResult } from '../model/check-result.ts'
import type { Problem } from '../model/problem.ts'
import { reportCheckAsJson } from '../report/check-json.ts'
import { reportCheckAsText } from '../report/check-text.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportProblemsAsJson } from '../report/problems-json.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { NO_TIMES, sampleClock } from './check-clock.ts'
import type { SampleClock } from './check-clock.ts'
import { engineOption, NO_CODE_GENERATION, outputOption, parseEngine, rulesOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { chooseTopic, nothingJudged, readRecords } from './events.ts'
import { isUsable, loadRules } from './load-rules.ts'
import { NO_SCHEMAS, sampleSchemas } from './registry.ts'
import type { SampleSchemas } from './registry.ts'
import { valueRecord, wholeRecord } from './sample-records.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'
import { unreadableInput } from './unreadable-input.ts'

interface CheckFlags {
  readonly rules: string
  readonly topic: string | undefined
  readonly records?: true
  readonly verbose?: true
  readonly clock?: string
  readonly until?: number
  readonly engine: string
  readonly output: 'text' | 'json'
}

/** Adds `assay check` to the program. */
export function addCheck(program: Command, { env, streams, end }: CommandLine): void {
  program
    .command('check')
    .description('judge a file of events, one JSON value a line')
    .argument('<file>', 'the file, or - for standard input')
    .addOption(rulesOption(env))
    .option(
      '--topic <topic>',
      'the topic that the events are a sample of; required if the contracts name several',
    )
    .option(
      '--records',
      'each line is a record with its bytes in base64: {"value_base64": "…", "key_base64": "…"}',
    )
    .option(
      '--clock <expression>',
      'play the events on a clock, and tell which statuses would have changed: a JSONata expression for the time of an event (with --records: timestamp)',
    )
    .addOption(
      new Option(
        '--until <moment>',
        'with --clock: let time go by after the last event, to this moment',
      ).argParser(toMoment),
    )
    .option('-v, --verbose', 'say also what the records were recognised as')
    .addOption(engineOption(env))
    .addOption(outputOption(['text', 'json']))
    .action(async (file: string, flags: CheckFlags) => end(await check(file, flags, env, streams)))
}

/** `assay check`: the judgement of `assay run` over a file of events. */
async function check(
  file: string,
  flags: CheckFlags,
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  const engine = parseEngine(flags.engine)
  const ruleSet = loadRules([flags.rules], typeof engine === 'string' ? engine : 'auto')
  const reportProblems = (problems: readonly Problem[]) =>
    flags.output === 'json'
      ? finish(streams, reportProblemsAsJson(problems))
      : refuse(streams, reportProblemsAsText(problems, ruleSet))
  if (typeof engine !== 'string') return reportProblems([engine])
  if (!isUsable(ruleSet)) return reportProblems(ruleSet.problems)

  const name = chooseTopic(
    ruleSet.topics.map(({ topic }) => topic),
    flags.topic,
  )
  if (typeof name !== 'string') return reportProblems([name])
  if (engine === 'auto' && !canGenerateCode()) streams.err.write(`${NO_CODE_GENERATION}\n`)
  const schemas = flags.records ? sampleSchemas(env) : NO_SCHEMAS
  if (!('resolve' in schemas)) return reportProblems(schemas)
  const compiled = ruleSet.topics.find(({ topic }) => topic === name) as CompiledTopic
  const sample = flags.records ? compiled : asValues(compiled)
  const clock =
    flags.clock === undefined ? undefined : sampleClock(flags.clock, flags.records === true, sample)
  if (clock !== undefined && 'code' in clock) return reportProblems([clock])
  const reader = { toRecord: flags.records ? wholeRecord : valueRecord, schemas, clock, untilMs: flags.until }
  const result = await judgeFile(sample, file, reader)
  if (!('code' in result)) {
    const report =
      flags.output === 'json' ? reportCheckAsJson(result) : reportCheckAsText(result, flags.verbose)
    return finish(streams, report)
  }
  reportProblems([result])
  return result.code === 'REGISTRY_UNREACHABLE' ? EXIT_CODES.runtimeFailure : EXIT_CODES.invalid
}

/** Lines that are values are JSON as rules see it, whatever the records of the topic are written in. */
function asValues(topic: CompiledTopic): CompiledTopic {
  return { ...topic, format: valueFormat(topic.format), keyFormat: 'string' }
}

/** How the lines of a sample become judged records. */
interface SampleReader {
  readonly toRecord: typeof valueRecord
  readonly schemas: SampleSchemas
  /** Undefined for a sample that is not played. */
  readonly clock: SampleClock | undefined
  readonly untilMs: number | undefined
}

async function judgeFile(
  topic: CompiledTopic,
  file: string,
  { toRecord, schemas, clock, untilMs }: SampleReader,
): Promise<CheckResult | Problem> {
  const tally = new CheckTally(topic)
  const play = clock && new SamplePlay(topic, clock)
  const reading = { limits: DEFAULT_DECODE_LIMITS, findSchema: schemas.find }
  const counted = play ? new LiveTally(tally, play) : tally
  const judge = new TopicJudge(topic, counted, reading, () => systemClock.monotonicMs())
  try {
    for await (const record of readRecords(file, topic.topic, () => systemClock.nowMs(), toRecord)) {
      const nowMs = play?.arrive(record) ?? record.timestampMs
      const judgeIt = () => judge.judge(record, nowMs, false)
      for (let id = judgeIt(); id !== undefined; id = judgeIt()) await schemas.resolve(id)
    }
  } catch (error) {
    return unreadableInput(file, error)
  } finally {
    schemas.close()
  }
  const timeline = play?.end(untilMs)
  const result = tally.result()
  if (result.events.total === 0) return nothingJudged(file)
  if (play === undefined) return { ...result, ...unplayedRules(topic) }
  return timeline === undefined ? NO_TIMES : { ...result, timeline }
}

/** Rules that this says nothing about. */
function unplayedRules({ contracts }: CompiledTopic): Pick<CheckResult, 'unplayed'> {
  const unplayed = contracts.flatMap(({ contract, streamRules }) =>
    streamRules.map(({ rule }) => ({ contract: contract.id, rule: rule.id })),
  )
  return unplayed.length === 0 ? {} : { unplayed }
}

function toMoment(text: string): number {
  const momentMs = parseInstantMs(text)
  if (typeof momentMs === 'number') return momentMs
  throw new InvalidArgumentError(`It must be ${momentMs.expected}.`)
}
