import confluent from '@kafkajs/confluent-schema-registry'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, expect, inject, test } from 'vitest'
import { freePorts } from '../../tools/child-process/free-port.ts'
import { startRegistry } from '../../tools/embedded-registry/start-registry.ts'
import type { EmbeddedRegistry } from '../../tools/embedded-registry/start-registry.ts'
import { canMakeForeignRecords, makeForeignRecords } from '../../tools/foreign-records/make-records.ts'
import { fakeRegistry, json } from '../adapters/schema-registry/fake-registry.ts'
import { assay as runAssay } from '../cli/support.ts'
import {
  assay,
  clients,
  committed,
  contract,
  createTopic,
  ends,
  folderWith,
  isAssigned,
  judged,
  numbers,
  POSITIVE,
  receiver,
  uniqueName,
} from './support.ts'

const N = { type: 'record', name: 'N', namespace: 'test', fields: [{ name: 'n', type: 'long' }] } as const

let registry: EmbeddedRegistry

beforeAll(async () => {
  registry = await startRegistry()
  return () => registry.stop()
})

const frame = (...bytes: number[]) => ({ value: Buffer.from([0, 0, 0, 0, 1, ...bytes]) })

/** Records with a long `n`, made by kafkajs' registry client. */
async function avroNumbers(subject: string, count: number, from = 0) {
  const client = new confluent.SchemaRegistry({ host: registry.url })
  const { id } = await client.register(
    { type: confluent.SchemaType.AVRO, schema: JSON.stringify(N) },
    { subject },
  )
  const encode = (index: number) => client.encode(id, { n: from + index })
  return Promise.all(Array.from({ length: count }, async (_, index) => ({ value: await encode(index) })))
}

test.skipIf(!canMakeForeignRecords())(
  'records that Confluent’s Python client makes and librdkafka produces: every value is what was encoded',
  async () => {
    const { admin } = await clients()
    const prefix = `${uniqueName('foreign')}-`
    const topics = ['avro-everything', 'avro-numbers', 'avro-person', 'proto-orders', 'json-offers']
    for (const topic of topics) await createTopic(admin, prefix + topic)
    const made = await makeForeignRecords(registry.url, inject('brokers'), prefix)
    const files = topics.map((topic): [string, string] => {
      const shown = made.filter((record) => record.topic === topic).map((record) => record.shown)
      const isOneOfThem = shown.map((value) => `$ = ${JSON.stringify(value)}`).join(' or ')
      const rules =
        topic === 'avro-numbers'
          ? `  - id: exact\n    assert: long = "9007199254740993" and decimal = "12345678901234567890.0123456789" and double > 1e308\n`
          : `  - id: exact\n    assert: ${JSON.stringify(isOneOfThem)}\n`
      const more =
        { 'avro-person': 'format: avro\nkeyFormat: avro', 'avro-numbers': 'numbers: exact' }[topic] ?? ''
      const key = topic === 'avro-person' ? '  - id: key\n    assert: $key = "ann"\n' : ''
      return [`${topic}.contract.yaml`, contract(prefix + topic, rules + key, topic, more)]
    })
    const statsd = await receiver()
    const service = assay({
      rules: folderWith(Object.fromEntries(files)),
      group: uniqueName('assay'),
      statsd,
      flags: ['--from', 'earliest'],
      env: { SCHEMA_REGISTRY_URL: registry.url },
    })
    await statsd.until(() => judged(statsd, { rule: 'exact' }) >= made.length, 20_000)
    const metrics = await (await fetch(`${await service.http()}/metrics`)).text()
    expect(await service.stop()).toBe(0)
    expect(judged(statsd, { rule: 'exact', result: 'pass' })).toBe(made.length)
    expect(judged(statsd, { rule: 'key', result: 'pass' })).toBe(2)
    const recognised = (format: string) => statsd.count('dq.records.recognised', { format })
    expect([recognised('avro'), recognised('protobuf'), recognised('json-schema')]).toEqual([4, 5, 1])
    expect(metrics).toMatch(/dq_records_recognised_total\{.*format="protobuf".*\} 5/)
    expect(metrics).not.toMatch(/schema_?id/i)
    // The second person was written with a later version of the schema.
    expect(statsd.count('dq.schema.changes', { topic: `${prefix}avro-person` })).toBe(1)
    expect(statsd.count('dq.schema.changes')).toBe(1)
    expect(service.log.filter(({ msg }) => msg.startsWith('Events name a schema'))).toMatchObject([
      {
        topic: `${prefix}avro-person`,
        offset: 1,
        schemaId: made.find((record) => record.case === 'avro: evolved')?.schema_id,
      },
    ])
    // One question for each schema, and one more for the schema of the key.
    expect(statsd.count('dq.registry.requests')).toBe(
      new Set(made.map((record) => record.schema_id)).size + 1,
    )
  },
)

test('the registry is killed under load and comes back: nothing is lost or counted undecodable, other topics go on', async () => {
  const { admin, producer } = await clients()
  const [avro, plain, group] = [uniqueName('avro'), uniqueName('plain'), uniqueName('assay')]
  await createTopic(admin, avro, 2)
  await createTopic(admin, plain)
  const known = await avroNumbers(`${avro}-value`, 500)
  // Another schema, of which the service hears only while the registry is away.
  const client = new confluent.SchemaRegistry({ host: registry.url })
  const later = { ...N, fields: [...N.fields, { name: 'more', type: ['null', 'string'], default: null }] }
  const { id } = await client.register(
    { type: confluent.SchemaType.AVRO, schema: JSON.stringify(later) },
    { subject: `${avro}-value` },
  )
  const unheard = await Promise.all(
    Array.from({ length: 500 }, async (_, n) => ({ value: await client.encode(id, { n, more: 'x' }) })),
  )
  const statsd = await receiver()
  const service = assay({
    rules: folderWith({
      'a.contract.yaml': contract(avro, POSITIVE, 'avro'),
      'b.contract.yaml': contract(plain, POSITIVE, 'plain'),
    }),
    group,
    statsd,
    // Shorter than the outage: standing still is no stall, and the membership is kept.
    flags: ['--stall-timeout', '4s', '--session-timeout', '6s'],
    env: { SCHEMA_REGISTRY_URL: registry.url, SCHEMA_REGISTRY_TIMEOUT: '1s' },
  })
  await service.logged(isAssigned)
  await producer.send({ topic: avro, messages: known })
  await statsd.until(() => judged(statsd, { topic: avro }) === 500, 20_000)
  const before = statsd.count('dq.registry.requests')
  expect(before).toBe(1)

  await registry.kill()
  const startedMs = performance.now()
  await producer.send({ topic: avro, messages: known })
  for (const message of unheard) await producer.send({ topic: avro, messages: [message] })
  await service.logged(({ state }) => state === 'registry_unavailable')
  let written = 0
  while (performance.now() - startedMs < 9_000) {
    await producer.send({ topic: plain, messages: numbers(100) })
    written += 100
    await delay(200)
  }
  await statsd.until(() => judged(statsd, { topic: plain }) === written, 10_000)
  // What needs no new schema is judged, up to the first record that does.
  expect(judged(statsd, { topic: avro })).toBe(1000)
  const ready = await fetch(`${await service.http()}/readyz`)
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('registry_unavailable')])
  expect((await fetch(`${await service.http()}/healthz`)).status).toBe(200)
  const offsets = Object.values(await committed(admin, group, avro)).reduce((sum, offset) => sum + offset, 0)
  expect(offsets).toBe(1000)

  await registry.start()
  await statsd.until(() => judged(statsd, { topic: avro }) === 1500, 30_000)
  await expect.poll(() => committed(admin, group, avro), { timeout: 10_000 }).toEqual(await ends(admin, avro))
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic: avro, result: 'pass' })).toBe(1500)
  expect(statsd.count('dq.events', { result: 'undecodable' })).toBe(0)
  expect(statsd.count('dq.rebalances')).toBe(1)
  expect(statsd.count('dq.registry.requests')).toBeLessThan(25)
})

test('no registry at start: records that need none go on, the others are judged when it comes', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('late')
  await createTopic(admin, topic, 2)
  const framed = Array.from({ length: 20 }, (_, n) => frame(2 * n))
  const [port = 0] = await freePorts(1)
  await producer.send({ topic, messages: numbers(20).map((message) => ({ ...message, partition: 0 })) })
  await producer.send({ topic, messages: framed.map((message) => ({ ...message, partition: 1 })) })
  const statsd = await receiver()
  const service = assay({
    rules: folderWith({ 'a.contract.yaml': contract(topic, POSITIVE) }),
    group: uniqueName('assay'),
    statsd,
    flags: ['--from', 'earliest'],
    env: { SCHEMA_REGISTRY_URL: `http://127.0.0.1:${port}` },
  })
  await statsd.until(() => judged(statsd, { topic }) === 20, 20_000)
  await service.logged(({ state }) => state === 'registry_unavailable')
  await fakeRegistry((_, response) => json(response, 200, { schema: JSON.stringify(N) }), port)
  await statsd.until(() => judged(statsd, { topic }) === 40, 30_000)
  expect(await service.stop()).toBe(0)
  expect(statsd.count('dq.events', { result: 'undecodable' })).toBe(0)
})

test('bad records on an Avro topic: each has its reason, and 50 of an unknown id are one request', async () => {
  const fake = await fakeRegistry(({ url }, response) =>
    url === '/schemas/ids/1'
      ? json(response, 200, { schema: JSON.stringify(N) })
      : json(response, 404, { error_code: 40403 }),
  )
  const { admin, producer } = await clients()
  const topic = uniqueName('bad')
  await createTopic(admin, topic)
  const unknown = Array.from({ length: 50 }, () => ({ value: Buffer.from([0, 0, 0, 0, 9, 2]) }))
  await producer.send({
    topic,
    messages: [
      frame(2),
      ...unknown,
      frame(),
      frame(0x80),
      frame(2, 2),
      { value: '{"n": 1}' },
      { value: Buffer.from([0]) },
      frame(4),
    ],
  })
  const statsd = await receiver()
  const service = assay({
    rules: folderWith({ 'a.contract.yaml': contract(topic, POSITIVE, 'bad', 'format: avro') }),
    group: uniqueName('assay'),
    statsd,
    flags: ['--from', 'earliest'],
    env: {
      SCHEMA_REGISTRY_URL: fake.url,
      SCHEMA_REGISTRY_USERNAME: 'ann',
      SCHEMA_REGISTRY_PASSWORD: 'swordfish',
    },
  })
  await statsd.until(() => judged(statsd, { topic }) === 2, 20_000)
  expect(await service.stop()).toBe(0)
  const rejected = (reason: string) => statsd.count('dq.records.rejected', { topic, reason })
  expect([rejected('schema_unknown'), rejected('truncated'), rejected('bad_frame')]).toEqual([50, 2, 3])
  expect(fake.requests.map(({ url }) => url).toSorted()).toEqual(['/schemas/ids/1', '/schemas/ids/9'])
  expect(fake.requests[0]?.headers.authorization).toBe(
    `Basic ${Buffer.from('ann:swordfish').toString('base64')}`,
  )
  expect(JSON.stringify(service.log)).not.toMatch(/swordfish|YW5u/)
})

/** A schema under a subject of the real registry, as its clients put it there. */
async function register(
  subject: string,
  schemaType: string,
  schema: string,
  references: readonly object[] = [],
) {
  const answer = await fetch(`${registry.url}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schemaType, schema, references }),
  })
  expect(answer.status).toBe(200)
}

test.each([
  {
    schemaType: 'AVRO',
    money: '{"type":"record","name":"Money","fields":[{"name":"amount","type":"double"}]}',
    ad: '{"type":"record","name":"Ad","fields":[{"name":"price","type":"Money"}]}',
    reference: 'Money',
    extension: 'avsc',
    proposed: '{"type":"record","name":"Ad","fields":[{"name":"price","type":"string"}]}',
  },
  {
    schemaType: 'PROTOBUF',
    money: 'syntax = "proto3"; message Money { double amount = 1; }',
    ad: 'syntax = "proto3"; import "money.proto"; message Ad { Money price = 1; }',
    reference: 'money.proto',
    extension: 'proto',
    proposed: 'syntax = "proto3"; message Ad { string price = 1; }',
  },
  {
    schemaType: 'JSON',
    money: '{"type":"object","required":["amount"],"properties":{"amount":{"type":"number"}}}',
    ad: '{"type":"object","required":["price"],"properties":{"price":{"$ref":"money.json"}}}',
    reference: 'money.json',
    extension: 'json',
    proposed: '{"type":"object","required":["price"],"properties":{"price":{"type":"string"}}}',
  },
])(
  'validate reads the latest schema of a subject with its references, and compares a proposed one with it: $schemaType',
  async ({ schemaType, money, ad, reference, extension, proposed }) => {
    const name = uniqueName('validate')
    await register(`${name}-money`, schemaType, money)
    await register(`${name}-value`, schemaType, ad, [
      { name: reference, subject: `${name}-money`, version: 1 },
    ])
    const rules = '  - id: right\n    assert: price.amount > 0\n  - id: wrong\n    assert: price.amuont > 0\n'
    const folder = folderWith({
      'a.contract.yaml': contract(name, rules, name, 'schemaFrom: registry'),
      [`new.${extension}`]: proposed,
      [`same.${extension}`]: ad,
      [reference.includes('.') ? reference : `${reference}.avsc`]: money,
    })
    const validate = (...flags: string[]) =>
      runAssay(['validate', folder, '--registry', registry.url, ...flags])
    const checked = await validate()
    expect(checked.exitCode).toBe(0)
    expect(checked.out).toContain('Did you mean `amount`?')
    expect(checked.out).not.toContain('rule "right": no event')
    const broken = await validate('--against', `${folder}/new.${extension}`)
    expect(broken.exitCode).toBe(1)
    expect(broken.out).toContain(`rule "right" of ${name} (owner team-test): \`price.amount\` would be gone`)
    const more = extension === 'avsc' ? ['--reference', `${folder}/Money.avsc`] : []
    expect(await validate('--against', `${folder}/same.${extension}`, ...more)).toMatchObject({ exitCode: 0 })
  },
)
