import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import { startAssay } from '../../../tools/assay-process/start-assay.ts'
import { toEnvironment } from './child.ts'
import type { ChildSetting, Milestone } from './child.ts'
import { RULES_FOLDER, TOPIC } from './contract.ts'

/** What a candidate is started with. */
export interface Start extends ChildSetting {
  readonly admin: Admin
  /** Where the preloaded module writes the delays of the event loop. */
  readonly delayFile: string
}

/** A candidate at work, in a process of its own. */
export interface Running {
  readonly pid: number
  /** Resolves when partitions are assigned and nothing is fetched yet. */
  readonly assigned: Promise<void>
  /** Resolves when every event is judged; rejects if the process ends before. */
  readonly judged: Promise<void>
  /** Ends it in order, so that its last metrics are sent. */
  stop(): Promise<void>
}

/** A way to judge all events of a topic. */
export interface Candidate {
  readonly name: string
  start(start: Start): Running
}

const PRELOAD = ['--import', join(import.meta.dirname, 'loop-delay.ts')]
const MAIN = join(import.meta.dirname, '..', '..', '..', 'src', 'main.ts')
const COMMITS_ASKED_EVERY_MS = 50

export const PLAIN_SCRIPT: Candidate = { name: 'plain script', start: startScript('plain-script.ts') }
export const FLOOR: Candidate = { name: 'floor', start: startScript('floor.ts') }

/** The interval is the resolution of Assay's time: it commits at a flush only. */
export const ASSAY_FLUSH_INTERVAL = '1s'
export const ASSAY: Candidate = { name: 'assay run', start: startService }

function startScript(file: string): Candidate['start'] {
  return (start) => {
    const child = fork(join(import.meta.dirname, file), {
      // kafkajs makes a timer with a negative delay on Node 24, which is harmless (kafkajs issue 1751).
      execArgv: [...PRELOAD, '--disable-warning=TimeoutNegativeWarning'],
      env: { ...process.env, ...toEnvironment(start), BENCH_DELAY_FILE: start.delayFile },
    })
    const ended = once(child, 'exit').then(() => undefined)
    return {
      pid: child.pid ?? 0,
      assigned: untilTold(child, 'assigned', ended),
      judged: untilTold(child, 'judged', ended),
      stop: async () => {
        if (child.connected) child.send('stop')
        await ended
      },
    }
  }
}

function untilTold(child: ChildProcess, milestone: Milestone, ended: Promise<void>): Promise<void> {
  const told = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === milestone) resolve()
    })
  })
  return Promise.race([
    told,
    ended.then(() => Promise.reject(new Error(`The script ended before it was ${milestone}.`))),
  ])
}

function startService({ brokers, group, events, statsdPort, admin, delayFile }: Start): Running {
  const flags = {
    rules: RULES_FOLDER,
    brokers: brokers.join(','),
    group,
    from: 'earliest',
    statsd: `127.0.0.1:${statsdPort}`,
    'flush-interval': ASSAY_FLUSH_INTERVAL,
  }
  const assay = startAssay(
    Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
    { BENCH_DELAY_FILE: delayFile },
    [process.execPath, ...PRELOAD, MAIN],
  )
  const assigned = assay.logged(({ msg }) => msg === 'Partitions were assigned').then(() => undefined)
  return {
    pid: assay.pid,
    assigned,
    judged: assigned.then(() => untilCommitted(admin, group, events, assay.ended)),
    stop: async () => {
      await assay.stop()
    },
  }
}

/** Asks until all events are committed: Assay commits what is judged and sent, so this comes at the latest possible moment. */
async function untilCommitted(
  admin: Admin,
  groupId: string,
  events: number,
  ended: Promise<unknown>,
): Promise<void> {
  const end = new AbortController()
  void ended.then(() => end.abort())
  while (!end.signal.aborted) {
    const [found] = await admin.fetchOffsets({ groupId, topics: [TOPIC] })
    const committed = (found?.partitions ?? []).reduce(
      (sum, { offset }) => sum + Math.max(0, Number(offset)),
      0,
    )
    if (committed >= events) return
    await delay(COMMITS_ASKED_EVERY_MS)
  }
  throw new Error('Assay ended before it had judged all events.')
}
