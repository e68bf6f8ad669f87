/**
 * Measures Assay's service against what a team could write today, and against the floor, over one topic of a real broker.
 * Run: npm run bench:service -- [--events N] [--rounds R]. README.md tells how to read it.
 */
import { parseArgs } from 'node:util'
import kafkajs from 'kafkajs'
import { startKafka } from '../../tools/embedded-kafka/start-kafka.ts'
import { ASSAY, ASSAY_FLUSH_INTERVAL, FLOOR, PLAIN_SCRIPT } from './service/candidates.ts'
import type { Candidate } from './service/candidates.ts'
import { measure } from './service/measure.ts'
import type { Bench, Measurement } from './service/measure.ts'
import { judgeRequirements } from './service/requirements.ts'
import type { Results } from './service/requirements.ts'
import { requirementLine, roundLine, summaryTable } from './service/summary.ts'
import { fillTopic } from './service/topic.ts'

const DELAY_ROUNDS = 3

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function readOptions(): { events: number; rounds: number } {
  const { values } = parseArgs({
    options: { events: { type: 'string', default: '200000' }, rounds: { type: 'string', default: '1' } },
  })
  const [events, rounds] = [Number(values.events), Number(values.rounds)]
  if (!Number.isSafeInteger(events) || events < 1 || !Number.isSafeInteger(rounds) || rounds < 1) {
    throw new Error('--events and --rounds take whole numbers from 1.')
  }
  return { events, rounds }
}

/** The candidates take turns, so that a noisy minute does not fall on one of them alone. */
async function measureAll(bench: Bench, rounds: number): Promise<Results> {
  const plain: Measurement[] = []
  const assay: Measurement[] = []
  const floor: Measurement[] = []
  const assayAlone: Measurement[] = []
  const run = async (candidate: Candidate, into: Measurement[]) => {
    const measurement = await measure(candidate, bench)
    print(roundLine(measurement))
    into.push(measurement)
  }
  for (let round = 0; round < rounds; round++) {
    await run(PLAIN_SCRIPT, plain)
    await run(ASSAY, assay)
    await run(FLOOR, floor)
  }
  while (assay.length + assayAlone.length < DELAY_ROUNDS) await run(ASSAY, assayAlone)
  return { plain, assay, floor, assayAlone }
}

async function withBench<Result>(events: number, work: (bench: Bench) => Promise<Result>): Promise<Result> {
  // A broker of our own: what else a shared one does would be in the figures.
  const kafka = await startKafka({ ownProcess: true })
  const admin = new kafkajs.Kafka({
    brokers: kafka.brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  }).admin()
  try {
    await admin.connect()
    const { meanEventBytes } = await fillTopic(kafka.brokers, events)
    print(`${events} events of ${meanEventBytes.toFixed(0)} bytes on average, one schema and ten rules`)
    return await work({ brokers: kafka.brokers, admin, events })
  } finally {
    await admin.disconnect()
    await kafka.stop()
  }
}

const { events, rounds } = readOptions()
const results = await withBench(events, (bench) => measureAll(bench, rounds))
const requirements = judgeRequirements(results)
print(
  `\nBest of the rounds, ratios to the plain script. Assay flushed every ${ASSAY_FLUSH_INTERVAL} and its time ends with`,
)
print('the commit of the last event, so up to one interval too late. The broker runs on the same cores.\n')
print(summaryTable(results))
print('')
for (const requirement of requirements) print(requirementLine(requirement))
process.exitCode = requirements.every(({ isMet }) => isMet) ? 0 : 1
