import { setTimeout as delay } from 'node:timers/promises'
import type { WriteStream } from 'node:tty'
import { Board } from './board.ts'
import { checkEnding, type Ending } from './checks.ts'
import { Closing } from './closing.ts'
import { readCommits } from './commits.ts'
import { explainFaults } from './explain.ts'
import { createFeed } from './feed.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Plan } from './plan.ts'
import { writeDue, writeUntil } from './produce.ts'
import { RecentRates } from './recent-rates.ts'
import { startService, whenServiceFails } from './service.ts'
import { setStage, type Stage } from './stage.ts'
import type { Results } from './summary.ts'
import type { View } from './view.ts'
import { keepShowing, openWatch } from './watch.ts'

const SEED = 2026
const CATCH_UP_TIMEOUT_MS = 60_000
const POLL_MS = 100
/** For datagrams that stand in the socket's buffer when the service has ended. */
const LAST_DATAGRAMS_MS = 300

const BROKER_NAMES = {
  given: 'Kafka of ASSAY_TEST_BROKERS',
  docker: 'Apache Kafka in Docker',
  java: 'Apache Kafka from its jars',
} as const

/** Where the demo is shown, and what stops it early. */
export interface Audience {
  readonly out: WriteStream
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** Plays the whole demo. When it settles, everything that it started has ended. Rejects when aborted. */
export async function runDemo(plan: Plan, audience: Audience): Promise<Results> {
  const { out, signal } = audience
  const closing = new Closing()
  try {
    out.write('Starting Kafka (the very first time its parts are downloaded) …\n')
    const stage = await setStage(closing)
    signal.throwIfAborted()
    out.write(`${BROKER_NAMES[stage.kafka.kind]} answers at ${stage.kafka.brokers}\n`)
    const show = createShow(plan, stage)
    const ending = await play(show, stage, audience, closing)
    out.write('Everything has stopped. Counting up …\n')
    const explanations = await explainFaults(show.ledger, stage.scratchFolder)
    return { view: show.look(), checks: checkEnding(ending), explanations }
  } finally {
    await closing.close()
  }
}

interface Show {
  readonly plan: Plan
  readonly startMs: number
  readonly ledger: Ledger
  readonly board: Board
  /** Takes in what came since the last look. */
  readonly look: () => View
}

function createShow(plan: Plan, { receiver }: Stage): Show {
  const startMs = Date.now()
  const ledger = createLedger(startMs + plan.durationMs)
  const board = new Board()
  const rates = new RecentRates(plan.recentMs)
  let seenLines = 0
  const look = () => {
    const arrived = receiver.lines.slice(seenLines)
    seenLines += arrived.length
    for (const line of arrived) board.take(line)
    const elapsedMs = Date.now() - startMs
    rates.observe(board.rules, elapsedMs)
    return { plan, elapsedMs, producedRecords: ledger.total(), board, rates }
  }
  return { plan, startMs, ledger, board, look }
}

/** Runs producer and service side by side, then stops the service and looks at what it left. */
async function play(show: Show, stage: Stage, audience: Audience, closing: Closing): Promise<Ending> {
  const scope = new AbortController()
  const signal = AbortSignal.any([audience.signal, scope.signal])
  const watch = openWatch(audience.out, audience.env)
  closing.add(watch.close)
  const showing = keepShowing(watch, show.look, signal)
  try {
    const serviceExitCode = await perform(show, stage, signal, audience.signal)
    return await toEnding(show, stage, serviceExitCode)
  } finally {
    scope.abort()
    await showing
    watch.close()
  }
}

async function perform(
  show: Show,
  stage: Stage,
  signal: AbortSignal,
  interruption: AbortSignal,
): Promise<number | null> {
  const { plan, startMs, ledger } = show
  const outlet = { producer: stage.producer, topicPrefix: stage.kafka.topicPrefix, ledger }
  const feed = createFeed(plan, startMs, SEED)
  await writeDue(feed, startMs, outlet, signal)
  signal.throwIfAborted()
  const service = startService(stage)
  try {
    const flow = writeUntil(feed, startMs + plan.durationMs, outlet, signal).then(() =>
      caughtUp(show, signal),
    )
    await Promise.race([flow, whenServiceFails(service)])
  } catch (error) {
    await service.stop()
    throw error
  }
  const exitCode = await service.stop()
  interruption.throwIfAborted()
  return exitCode
}

/** Resolves when the receiver was told of every record, or when that takes too long: the checks then say what is missing. */
async function caughtUp({ board, ledger }: Show, signal: AbortSignal): Promise<void> {
  const deadlineMs = Date.now() + CATCH_UP_TIMEOUT_MS
  while (board.judgedRecords < ledger.total() && Date.now() < deadlineMs) {
    await delay(POLL_MS, undefined, { signal })
  }
}

async function toEnding(show: Show, stage: Stage, serviceExitCode: number | null): Promise<Ending> {
  const commits = await readCommits(stage.admin, stage.group, stage.topics)
  await delay(LAST_DATAGRAMS_MS)
  show.look()
  const malformedLines = stage.receiver.malformed.map(({ line, reason }) => `${reason}: ${line}`)
  return { ledger: show.ledger, board: show.board, commits, malformedLines, serviceExitCode }
}
