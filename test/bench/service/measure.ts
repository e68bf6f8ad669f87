import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Admin } from 'kafkajs'
import { startUdpReceiver } from '../../../tools/statsd-receiver/start-udp-receiver.ts'
import type { UdpReceiver } from '../../../tools/statsd-receiver/start-udp-receiver.ts'
import type { Candidate, Running } from './candidates.ts'
import { readAssertions, SCHEMA_RULE } from './contract.ts'
import type { LoopDelay } from './loop-delay.ts'
import { readUsage } from './process-usage.ts'

/** One candidate's run over the whole topic. */
export interface Measurement {
  readonly candidate: string
  readonly eventsPerSecond: number
  readonly cpuSecondsPerMillion: number
  readonly peakRssMib: number
  readonly datagrams: number
  /** Verdicts that were given and never reached the receiver. */
  readonly lostVerdicts: number
  /** Fails that reached the receiver, by rule: equal for all candidates, or they did not do the same work. */
  readonly fails: Readonly<Record<string, number>>
  readonly loopDelay: LoopDelay
}

/** Where to measure. */
export interface Bench {
  readonly brokers: string
  readonly admin: Admin
  readonly events: number
}

const RULES = [SCHEMA_RULE, ...readAssertions().map(({ id }) => id)]
let groups = 0

/** Lets a candidate judge the whole topic, in a group that nobody has used before. */
export async function measure(candidate: Candidate, { brokers, admin, events }: Bench): Promise<Measurement> {
  const receiver = await startUdpReceiver()
  const group = `bench-${process.pid}-${groups++}`
  const delayFile = join(tmpdir(), `assay-${group}.json`)
  const statsdPort = receiver.port
  const running = candidate.start({
    brokers: brokers.split(','),
    group,
    events,
    statsdPort,
    admin,
    delayFile,
  })
  try {
    const load = await measureLoad(running, events)
    await running.stop()
    const loopDelay = JSON.parse(readFileSync(delayFile, 'utf8')) as LoopDelay
    return { candidate: candidate.name, ...load, ...received(receiver, events), loopDelay }
  } finally {
    await running.stop()
    await receiver.stop()
    rmSync(delayFile, { force: true })
  }
}

/** From the assignment to the last verdict: neither starting nor stopping is in the figures. */
async function measureLoad(
  { pid, assigned, judged }: Running,
  events: number,
): Promise<Pick<Measurement, 'eventsPerSecond' | 'cpuSecondsPerMillion' | 'peakRssMib'>> {
  // A process that ends too early rejects both promises; the first one tells.
  judged.catch(() => undefined)
  await assigned
  const startMs = performance.now()
  const before = readUsage(pid)
  process.kill(pid, 'SIGUSR2')
  await judged
  const after = readUsage(pid)
  const seconds = (performance.now() - startMs) / 1000
  process.kill(pid, 'SIGUSR2')
  return {
    eventsPerSecond: events / seconds,
    cpuSecondsPerMillion: ((after.cpuSeconds - before.cpuSeconds) / events) * 1e6,
    peakRssMib: after.peakRssMib,
  }
}

function received(
  receiver: UdpReceiver,
  events: number,
): Pick<Measurement, 'datagrams' | 'lostVerdicts' | 'fails'> {
  const verdicts = receiver.count('dq.rule.evaluations')
  return {
    datagrams: receiver.datagrams(),
    lostVerdicts: events * RULES.length - verdicts,
    fails: Object.fromEntries(
      RULES.map((rule) => [rule, receiver.count('dq.rule.evaluations', { rule, result: 'fail' })]),
    ),
  }
}
