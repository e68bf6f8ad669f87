import { type Command, InvalidArgumentError } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { type Comparison, compareRuleSets } from '../compare/compare-rule-sets.ts'
import type { Side } from '../compare/side.ts'
import { DEFAULT_DECODE_LIMITS } from '../decode/decode.ts'
import { VerdictChanges } from '../engine/verdict-changes.ts'
import { Fault } from '../errors/fault.ts'
import type { NotCompared, RulesDifference, VerdictDifference } from '../model/difference.ts'
import type { Problem } from '../model/problem.ts'
import { reportDifferenceAsJson } from '../report/difference-json.ts'
import { reportDifferenceAsMarkdown } from '../report/difference-markdown.ts'
import { REFUSABLE, type Refusable } from '../report/difference-summary.ts'
import { reportDifferenceAsText } from '../report/difference-text.ts'
import { reportProblemsAsJson } from '../report/problems-json.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { outputOption, rulesOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { type LoadedSide, loadSide } from './diff-side.ts'
import { chooseTopic, nothingJudged, readRecords } from './events.ts'
import { isUsable } from './load-rules.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'
import { unreadableInput } from './unreadable-input.ts'

const REPORTS = {
  text: reportDifferenceAsText,
  json: reportDifferenceAsJson,
  markdown: reportDifferenceAsMarkdown,
} as const

interface DiffFlags {
  readonly rules: string
  readonly events: string | undefined
  readonly topic: string | undefined
  readonly failOn: readonly Refusable[] | undefined
  readonly output: keyof typeof REPORTS
}

/** Adds `assay diff` to the program. */
export function addDiff(program: Command, { env, streams, end }: CommandLine): void {
  program
    .command('diff')
    .description('say in words what differs between two versions of the rules')
    .argument('<base>', 'a folder or contract file, or a git revision such as main or v1.2.0')
    .argument('[head]', 'the other version; without it, the folder of --rules as it is')
    .addOption(rulesOption(env))
    .option(
      '--events <file>',
      'count how verdicts on these events change, one JSON value a line (- for stdin)',
    )
    .option('--topic <topic>', 'the topic of the events; required if the contracts name several')
    .option(
      '--fail-on <class>',
      `end with exit code 1 if there is such a difference: ${REFUSABLE.join(', ')}; may be repeated`,
      toClasses,
    )
    .addOption(outputOption(['text', 'json', 'markdown']))
    .action(async (base: string, head: string | undefined, flags: DiffFlags) =>
      end(await diff(base, head ?? flags.rules, flags, streams)),
    )
}

/** Takes in one more `--fail-on`. */
function toClasses(word: string, earlier: readonly Refusable[] = []): readonly Refusable[] {
  const known = REFUSABLE.find((one) => one === word)
  if (known === undefined) throw new InvalidArgumentError(`Allowed are ${REFUSABLE.join(', ')}.`)
  return [...earlier, known]
}

/** `assay diff`: what differs between two versions of the rules, and what it does to the verdicts on a file of events. */
async function diff(base: string, head: string, flags: DiffFlags, streams: Streams): Promise<number> {
  const sides = loadSides(base, head, flags)
  if ('problems' in sides) return reportProblems(sides.problems, flags, streams)
  const difference = await compare(sides.base, sides.head, flags)
  const report = REPORTS[flags.output](difference, flags.failOn ?? [])
  if (flags.output === 'text' && difference.problems.length > 0) {
    const files = sides.base.rules.files + sides.head.rules.files
    const rules = sides.base.rules.rules + sides.head.rules.rules
    streams.err.write(reportProblemsAsText(difference.problems, { files, rules }).output)
  }
  return finish(streams, report)
}

function reportProblems(problems: readonly Problem[], { output }: DiffFlags, streams: Streams): number {
  return output === 'json'
    ? finish(streams, reportProblemsAsJson(problems))
    : refuse(streams, reportProblemsAsText(problems, { files: 0, rules: 0 }))
}

type Sides = { readonly base: LoadedSide; readonly head: LoadedSide }

/** Both versions, or what is wrong with the names of either. */
function loadSides(base: string, head: string, flags: DiffFlags): Sides | { readonly problems: Problem[] } {
  const [before, after] = [attempt(base, flags), attempt(head, flags)]
  const problems = [before, after].flatMap((side) => ('code' in side ? [side] : []))
  if ('code' in before || 'code' in after) return { problems: withoutRepetition(problems) }
  if (before.isEmpty && after.isEmpty) {
    return { problems: withoutRepetition([...problemsOf(before), ...problemsOf(after)]) }
  }
  return { base: before, head: after }
}

function attempt(name: string, { rules, events }: DiffFlags): LoadedSide | Problem {
  try {
    return loadSide(name, rules, events !== undefined)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, message, hint } = error
    return { code, severity: 'error', message, hint }
  }
}

function problemsOf({ name, rules }: LoadedSide): readonly Problem[] {
  if (rules.problems.length > 0) return rules.problems
  return [
    {
      code: 'RULES_NOT_FOUND',
      severity: 'error',
      message: `${name}: that revision holds no contract files`,
      hint: 'Name the rules folder with --rules, as seen from here.',
    },
  ]
}

function withoutRepetition(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()]
}

async function compare(base: LoadedSide, head: LoadedSide, flags: DiffFlags): Promise<RulesDifference> {
  const broken = new Set([...base.broken, ...head.broken])
  const doubtful = new Set(
    [base, head].flatMap(({ side }) => side.contracts.filter(isIn(side, broken)).map(({ id }) => id)),
  )
  const comparison = compareRuleSets(
    readable(base.side, broken, doubtful),
    readable(head.side, broken, doubtful),
  )
  const problems = [...base.rules.problems, ...head.rules.problems]
  const verdicts =
    flags.events === undefined ? undefined : await judge(flags.events, base, head, comparison, flags)
  return {
    base: base.name,
    head: head.name,
    contracts: comparison.contracts,
    notCompared: notCompared(base, head, broken),
    problems: verdicts && 'code' in verdicts ? [...problems, verdicts] : problems,
    verdicts: verdicts && 'code' in verdicts ? undefined : verdicts,
  }
}

function isIn(side: Side, files: ReadonlySet<string>) {
  return ({ file }: { readonly file: string }) => files.has(side.relativeFile(file))
}

/** A version without the contracts that are in doubt: what can't be read was not removed. */
function readable(side: Side, broken: ReadonlySet<string>, doubtful: ReadonlySet<string>): Side {
  const isBroken = isIn(side, broken)
  return {
    ...side,
    contracts: side.contracts.filter((contract) => !isBroken(contract) && !doubtful.has(contract.id)),
  }
}

function notCompared(base: LoadedSide, head: LoadedSide, broken: ReadonlySet<string>): NotCompared[] {
  return [...broken].toSorted().map((file) => {
    const known = [head, base].flatMap(({ side }) => side.contracts.filter(isIn(side, new Set([file]))))
    const where = [base, head].filter((side) => side.broken.has(file)).map(({ name }) => name)
    return { contract: known[0]?.id ?? 'a contract', file, reason: `it has errors in ${where.join(' and ')}` }
  })
}

/** How verdicts change over the events, or why that can't be told. */
async function judge(
  file: string,
  base: LoadedSide,
  head: LoadedSide,
  { pairs }: Comparison,
  { topic: wanted }: DiffFlags,
): Promise<VerdictDifference | Problem> {
  const unusable = [base, head].filter(({ rules }) => !isUsable(rules)).map(({ name }) => name)
  if (unusable.length > 0) return notJudged(unusable)
  const topics = [base, head].flatMap(({ rules }) => rules.topics.map(({ topic }) => topic))
  const topic = chooseTopic([...new Set(topics)], wanted)
  if (typeof topic !== 'string') return topic
  const [before, after] = [base, head].map(({ rules }) => rules.topics.find((one) => one.topic === topic))
  const changes = new VerdictChanges(topic, before, after, pairs, DEFAULT_DECODE_LIMITS)
  try {
    for await (const record of readRecords(file, topic, () => systemClock.nowMs())) {
      changes.judge(record, record.timestampMs)
    }
  } catch (error) {
    return unreadableInput(file, error)
  }
  const result = changes.result()
  return result.events > 0 ? result : nothingJudged(file)
}

function notJudged(names: readonly string[]): Problem {
  return {
    code: 'NOTHING_JUDGED',
    severity: 'error',
    message: `the events were not judged: the rules of ${names.join(' and ')} have errors`,
    hint: 'Mend them first. What can be read of both versions is compared above all the same.',
  }
}
