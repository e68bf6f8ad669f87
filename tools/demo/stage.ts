import { rmSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kafka, logLevel, Partitioners, type Admin, type Producer } from 'kafkajs'
import { AD_TOPIC, PAYMENT_TOPIC } from '../ads/events.ts'
import { startKafka, type EmbeddedKafka } from '../embedded-kafka/start-kafka.ts'
import { startUdpReceiver, type UdpReceiver } from '../statsd-receiver/start-udp-receiver.ts'
import type { Closing } from './closing.ts'

/** The rules that the demo runs. */
export const RULES_FOLDER = join(import.meta.dirname, '..', '..', 'rules', 'ads')

const TOPICS = [AD_TOPIC, PAYMENT_TOPIC]
const PARTITIONS = 4

/** Everything around the service. */
export interface Stage {
  readonly kafka: EmbeddedKafka
  readonly admin: Admin
  readonly producer: Producer
  readonly receiver: UdpReceiver
  /** Names on the broker, prefix included. */
  readonly topics: readonly string[]
  readonly group: string
  readonly rulesFolder: string
  /** For the demo's own files; removed at the end. */
  readonly scratchFolder: string
}

/** Starts broker and receiver and creates the topics. How to end each part goes to `closing`. */
export async function setStage(closing: Closing): Promise<Stage> {
  const scratchFolder = await makeScratchFolder(closing)
  const kafka = await startKafka()
  closing.add(() => kafka.stop())
  const receiver = await startUdpReceiver()
  closing.add(() => receiver.stop())
  const clients = await connect(kafka.brokers, closing)
  const group = `${kafka.topicPrefix}assay-demo`
  if (kafka.kind === 'given') closing.add(() => forgetGroup(clients.admin, group))
  const topics = TOPICS.map((topic) => `${kafka.topicPrefix}${topic}`)
  await createTopics(clients.admin, topics)
  await wakeCoordinator(clients.admin, group)
  return {
    kafka,
    ...clients,
    receiver,
    topics,
    group,
    rulesFolder: await rulesFor(kafka.topicPrefix, scratchFolder),
    scratchFolder,
  }
}

async function makeScratchFolder(closing: Closing): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-demo-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // A second Ctrl-C ends the process without closing anything.
  process.once('exit', remove)
  closing.add(remove)
  return folder
}

async function connect(brokers: string, closing: Closing): Promise<Pick<Stage, 'admin' | 'producer'>> {
  const kafka = new Kafka({
    clientId: 'assay-demo',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
  })
  const admin = kafka.admin()
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  closing.add(() => Promise.all([admin.disconnect(), producer.disconnect()]))
  await Promise.all([admin.connect(), producer.connect()])
  return { admin, producer }
}

async function createTopics(admin: Admin, topics: readonly string[]): Promise<void> {
  await admin.createTopics({
    topics: topics.map((topic) => ({ topic, numPartitions: PARTITIONS })),
  })
}

/**
 * A new broker makes its group coordinator when it is first asked for, and the service would have to wait for that. To have asked is
 * enough: the answer may well be that the coordinator is loading.
 */
async function wakeCoordinator(admin: Admin, group: string): Promise<void> {
  await admin.fetchOffsets({ groupId: group }).catch(() => undefined)
}

/** The brokers go on without us. After an early end there may be no group yet, which is as good. */
async function forgetGroup(admin: Admin, group: string): Promise<void> {
  await admin.deleteGroups([group]).catch(() => undefined)
}

/** The rules as they are in the repository, or a copy with the topics' names on shared brokers. */
async function rulesFor(topicPrefix: string, scratchFolder: string): Promise<string> {
  if (topicPrefix === '') return RULES_FOLDER
  const copy = join(scratchFolder, 'rules')
  await cp(RULES_FOLDER, copy, { recursive: true })
  const files = (await readdir(copy)).filter((name) => name.endsWith('.contract.yaml'))
  await Promise.all(files.map((name) => prefixTopic(join(copy, name), topicPrefix)))
  return copy
}

async function prefixTopic(file: string, topicPrefix: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^topic: */m, `topic: ${topicPrefix}`))
}
