import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import confluent from '@kafkajs/confluent-schema-registry'
import type { Message } from 'kafkajs'

const REPOSITORY = join(import.meta.dirname, '..', '..')

/** Folders with contracts: every example, and a contract with each kind of rule. */
const SOURCES = ['rules', 'examples/streams', 'examples/kubernetes/rules', 'test/fixtures/generate']

/** What Assay is about to run: contracts of several domains, each with topics of its own. */
export interface ExampleFlows {
  /** Texts of contracts and schemas, by path. */
  readonly files: Readonly<Record<string, string>>
  /** The name that the contracts gave, by the topic. */
  readonly topics: ReadonlyMap<string, string>
  readonly domains: readonly string[]
}

/** All examples, with topics that begin with `prefix`, for those of the examples are not the test's alone. */
export function exampleFlows(prefix: string): ExampleFlows {
  const files: Record<string, string> = {}
  const topics = new Map<string, string>()
  const domains = new Set<string>()
  for (const [place, source] of SOURCES.entries()) {
    for (const path of readdirSync(join(REPOSITORY, source), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(contract\.yaml|schema\.json)$/.test(path)) continue
      const text = readFileSync(join(REPOSITORY, source, path), 'utf8')
      files[`${place}/${path}`] = text.replace(/^topic: (.*)$/m, (_, topic: string) => {
        const own = `${prefix}-${place}.${topic}`
        topics.set(own, topic)
        return `topic: ${own}`
      })
      domains.add(/^domain: (.*)$/m.exec(text)?.[1] ?? '')
    }
  }
  domains.delete('')
  return { files, topics, domains: [...domains] }
}

/** Good and bad events for a topic of the examples, by the name that its contracts give it. */
export async function exampleEvents(topic: string, registryUrl: string): Promise<Message[]> {
  if (topic === 'warehouse.stock.v1') return stock(topic, registryUrl)
  const values = topic.startsWith('ads.') ? recorded(topic) : written(topic)
  return values.map((value) => ({ value }))
}

/** The events of `examples/events`. */
function recorded(topic: string): string[] {
  return ['good', 'bad', 'undecodable'].flatMap((kind) =>
    readFileSync(join(REPOSITORY, `examples/events/${topic}.${kind}.ndjson`), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  )
}

function written(topic: string): string[] {
  const now = new Date()
  const events: Readonly<Record<string, readonly object[]>> = {
    'bank.settlement.v1': [{ entries: [{ amount: 5 }, { amount: -5 }] }, { entries: [{ amount: 1 }] }],
    'meters.reading.v2': [
      { previous: 1, kwh: 2, read_at: Math.floor(now.getTime() / 1000) },
      { previous: 2, kwh: 1, read_at: 'soon' },
    ],
    'shop.order-placed.v1': [
      {
        id: 'o1',
        total: 5,
        customer: 'c',
        address: { postcode: '75001' },
        status: 'paid',
        placed_at: now,
        receipt: 1,
      },
      { id: 'o2', total: -5, status: 'paid', note: 'x'.repeat(100) },
    ],
  }
  const known = events[topic]
  if (known === undefined) throw new Error(`an example has a topic without events here: ${topic}`)
  return known.map((event) => JSON.stringify(event))
}

/** In Avro, by a schema of the registry. */
async function stock(topic: string, registryUrl: string): Promise<Message[]> {
  const client = new confluent.SchemaRegistry({ host: registryUrl })
  const schema = {
    type: 'record',
    name: 'Stock',
    namespace: 'test',
    fields: [{ name: 'amount', type: 'double' }],
  }
  const { id } = await client.register(
    { type: confluent.SchemaType.AVRO, schema: JSON.stringify(schema) },
    { subject: `${topic}-value` },
  )
  return Promise.all([1, 1.5].map(async (amount) => ({ value: await client.encode(id, { amount }) })))
}
