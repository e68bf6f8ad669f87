import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import kafkajs from 'kafkajs'
import type { Admin, Message, Producer } from 'kafkajs'
import { inject, onTestFailed, onTestFinished, vi } from 'vitest'
import { startAssay } from '../../tools/assay-process/start-assay.ts'
import type { AssayProcess, LogLine } from '../../tools/assay-process/start-assay.ts'
import { startUdpReceiver } from '../../tools/statsd-receiver/start-udp-receiver.ts'
import type { UdpReceiver } from '../../tools/statsd-receiver/start-udp-receiver.ts'

let names = 0

/** A name that no other test has: for topics and groups. */
export function uniqueName(name: string): string {
  return `${inject('topicPrefix')}${name}-${process.pid}-${Date.now().toString(36)}-${names++}`
}

/** Writes files into a folder that goes with the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A contract with rules given as YAML lines below `rules:`. */
export function contract(topic: string, rules: string, id = topic.toLowerCase(), more = ''): string {
  return `apiVersion: assay/v1
id: ${id}
version: 1.0.0
topic: ${topic}
domain: test
owner: team-test
${more}
rules:
${rules}
`
}

export const POSITIVE = `  - id: positive
    assert: n >= 0
`

/** Clients of the test's own. */
export interface Clients {
  readonly admin: Admin
  readonly producer: Producer
}

export async function clients(brokers: string = inject('brokers'), options: object = {}): Promise<Clients> {
  const kafka = new kafkajs.Kafka({
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
    ...options,
  })
  const admin = kafka.admin()
  const producer = kafka.producer()
  await Promise.all([admin.connect(), producer.connect()])
  onTestFinished(async () => {
    await Promise.all([admin.disconnect(), producer.disconnect()])
  })
  return { admin, producer }
}

export async function createTopic(
  admin: Admin,
  topic: string,
  partitions = 1,
  config: Record<string, string> = {},
): Promise<void> {
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }))
  try {
    await admin.createTopics({
      topics: [{ topic, numPartitions: partitions, replicationFactor: 1, configEntries }],
    })
  } catch (error) {
    if (!(error instanceof kafkajs.KafkaJSProtocolError) || error.type !== 'UNKNOWN_TOPIC_OR_PARTITION')
      throw error
    // It was made, but under load a broker hears of it late. One that tells offsets has all partitions: records sent
    // before would be sent twice.
    await vi.waitFor(() => admin.fetchTopicOffsets(topic), { timeout: 20_000, interval: 50 })
  }
}

/** Removes the records of partition 0 before an offset, as retention does. */
export async function deleteRecords(admin: Admin, topic: string, before: number): Promise<void> {
  // kafkajs finds the leader only in metadata that it has fetched before.
  await admin.fetchTopicOffsets(topic)
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(before) }] })
}

/** Events `{"n": from}` … , spread over the partitions. */
export function numbers(count: number, from = 0): Message[] {
  return Array.from({ length: count }, (_, index) => ({ value: JSON.stringify({ n: from + index }) }))
}

export async function receiver(): Promise<UdpReceiver> {
  const started = await startUdpReceiver()
  onTestFinished(() => started.stop())
  return started
}

/** Starts the service against the test's broker and receiver, flushing often; it ends with the test at the latest. */
export function assay(setting: {
  rules: string
  group: string
  statsd?: UdpReceiver
  brokers?: string
  flags?: readonly string[]
  env?: NodeJS.ProcessEnv
}): AssayProcess {
  const { rules, group, statsd, brokers = inject('brokers'), flags = [], env = {} } = setting
  const receiverFlags = statsd === undefined ? [] : ['--statsd', `127.0.0.1:${statsd.port}`]
  const started = startAssay(
    [
      '--rules',
      rules,
      '--group',
      group,
      '--brokers',
      brokers,
      '--flush-interval',
      '500ms',
      ...receiverFlags,
      ...flags,
    ],
    env,
  )
  onTestFailed(() => {
    const tail = started.log.slice(-40).map((line) => JSON.stringify(line))
    process.stderr.write(`log of the service:\n${tail.join('\n')}\n`)
  })
  onTestFinished(async () => {
    started.signal('SIGKILL')
    await started.ended
  })
  return started
}

export const isAssigned = ({ msg }: LogLine): boolean => msg === 'Partitions were assigned'

/** Committed offset by partition; −1 where the group has committed nothing. */
export async function committed(
  admin: Admin,
  groupId: string,
  topic: string,
): Promise<Record<number, number>> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] })
  return Object.fromEntries(
    (found?.partitions ?? []).map(({ partition, offset }) => [partition, Number(offset)]),
  )
}

/** End offset by partition. */
export async function ends(admin: Admin, topic: string): Promise<Record<number, number>> {
  const offsets = await admin.fetchTopicOffsets(topic)
  return Object.fromEntries(offsets.map(({ partition, high }) => [partition, Number(high)]))
}

/** All verdicts of a rule that the receiver has counted, skips included. */
export function judged(statsd: UdpReceiver, tags: Record<string, string>): number {
  return statsd.count('dq.rule.evaluations', tags)
}
