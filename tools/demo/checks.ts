import { EXPECTED_CONTRACTS } from '../ads/expected.ts'
import { judgedEvents, ruleKey, sum, type Board } from './board.ts'
import type { PartitionCommit } from './commits.ts'
import type { Ledger } from './ledger.ts'
import { whole } from './view.ts'

/** One thing that must hold at the end. Without differences it does. */
export interface Check {
  readonly claim: string
  readonly differences: readonly string[]
}

/** What is known when everything has stopped. */
export interface Ending {
  readonly ledger: Ledger
  readonly board: Board
  readonly commits: readonly PartitionCommit[]
  readonly malformedLines: readonly string[]
  readonly serviceExitCode: number | null
}

/** Compares what the receiver was told with what was written to Kafka, count by count. */
export function checkEnding(ending: Ending): readonly Check[] {
  return [judgedOnce(ending), sameVerdicts(ending), allCommitted(ending), readable(ending), stopped(ending)]
}

function judgedOnce({ ledger, board }: Ending): Check {
  const differences = EXPECTED_CONTRACTS.flatMap(({ id, topic }) => {
    const produced = ledger.produced.get(topic) ?? 0
    const figures = board.contracts.find(({ contract }) => contract === id)
    return differing(id, produced, figures === undefined ? 0 : judgedEvents(figures))
  })
  const claim = `each of ${whole(ledger.total())} records was judged once by every contract that watches its topic`
  return { claim, differences }
}

/** The expected counts come from tools/ads/expected.ts: predicates over the raw bytes, which share no code with the service. */
function sameVerdicts({ ledger, board }: Ending): Check {
  const rows = [...ledger.expected].flatMap(([id, { events, rules }]) => {
    const figures = board.contracts.find(({ contract }) => contract === id)
    const ofRules = Object.entries(rules).map(([rule, counts]) => ({
      name: ruleKey({ contract: id, rule }),
      counts,
      received: board.rules.find((row) => row.contract === id && row.rule === rule),
    }))
    return [{ name: id, counts: events, received: figures }, ...ofRules]
  })
  const differences = rows.flatMap(({ name, counts, received }) =>
    Object.entries(counts).flatMap(([result, count]) =>
      differing(`${name}: ${result}`, count, Number(received?.[result as keyof typeof received] ?? 0)),
    ),
  )
  const compared = sum(rows.map(({ counts }) => Object.keys(counts).length))
  return {
    claim: `${compared} counts of results and verdicts are those of an independent judge`,
    differences,
  }
}

function allCommitted({ ledger, commits }: Ending): Check {
  const written = sum(commits.map(({ end }) => end))
  const differences = commits.flatMap(({ topic, partition, end, committed }) =>
    differing(`${topic}, partition ${partition}: committed offset`, end, committed),
  )
  return {
    claim: `committed offsets are the end offsets of ${commits.length} partitions`,
    differences: [...differing('records in Kafka', ledger.total(), written), ...differences],
  }
}

function readable({ malformedLines }: Ending): Check {
  return { claim: 'every metric line is well formed', differences: malformedLines.slice(0, 3) }
}

function stopped({ serviceExitCode }: Ending): Check {
  const differences =
    serviceExitCode === 0 ? [] : [`its exit code is ${serviceExitCode ?? 'that of a signal'}`]
  return { claim: 'the service stopped in order on SIGTERM', differences }
}

function differing(name: string, expected: number, received: number): string[] {
  return expected === received
    ? []
    : [`${name}: ${whole(expected)} expected, but ${whole(received)} received`]
}
