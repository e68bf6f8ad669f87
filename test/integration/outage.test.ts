import { setTimeout as delay } from 'node:timers/promises'
import type { Producer } from 'kafkajs'
import { expect, onTestFinished, test } from 'vitest'
import type { AssayProcess } from '../../tools/assay-process/start-assay.ts'
import { freePorts } from '../../tools/child-process/free-port.ts'
import { startKafka } from '../../tools/embedded-kafka/start-kafka.ts'
import { startTcpProxy } from '../../tools/tcp-proxy/start-tcp-proxy.ts'
import type { TcpProxy } from '../../tools/tcp-proxy/start-tcp-proxy.ts'
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

const FETCH = 1

async function ownBroker(advertisedPort?: number) {
  const kafka = await startKafka({
    ownProcess: true,
    ...(advertisedPort === undefined ? {} : { advertisedPort }),
  })
  onTestFinished(() => kafka.stop())
  return kafka
}

/**
 * Drops fetches and writes until the service notices that it stands still. A fetch that the broker holds already is still answered, so
 * one record is not enough.
 *
 * @returns how many records were written
 */
async function stall(
  proxy: TcpProxy,
  producer: Producer,
  topic: string,
  service: AssayProcess,
): Promise<number> {
  proxy.dropApiKey(FETCH)
  const noticed = service.logged(({ msg }) => msg.includes('connecting anew')).then(() => true)
  let written = 0
  do {
    await producer.send({ topic, messages: numbers(1) })
    written++
  } while (!(await Promise.race([noticed, delay(200, false)])))
  return written
}

/** A service that has its partition, with a proxy between it and its broker. */
async function behindProxy(flags: readonly string[]) {
  const proxy = await startTcpProxy()
  onTestFinished(() => proxy.stop())
  const kafka = await ownBroker(proxy.port)
  proxy.forwardTo(kafka.port ?? 0)
  const { admin, producer } = await clients(kafka.directBrokers)
  const topic = uniqueName('stall')
  await createTopic(admin, topic)
  const statsd = await receiver()
  const service = assay({
    rules: folderWith({ 'a.contract.yaml': contract(topic, POSITIVE) }),
    group: uniqueName('assay'),
    statsd,
    brokers: `127.0.0.1:${proxy.port}`,
    flags: flags,
  })
  await service.logged(isAssigned)
  return { proxy, producer, topic, statsd, service }
}

test('no broker at start: a clear log, not ready, and it begins when the broker comes', async () => {
  const kafka = await ownBroker()
  const { admin, producer } = await clients(kafka.brokers)
  const topic = uniqueName('outage')
  await createTopic(admin, topic)
  await producer.send({ topic, messages: numbers(5) })
  await kafka.stopBroker()
  const statsd = await receiver()
  const service = assay({
    rules: folderWith({ 'a.contract.yaml': contract(topic, POSITIVE) }),
    group: uniqueName('assay'),
    statsd,
    brokers: kafka.brokers,
    flags: ['--from', 'earliest'],
  })
  const line = await service.logged(({ msg }) => msg.startsWith('Kafka can’t be used now'))
  expect(line).toMatchObject({ level: 'warn', brokers: kafka.brokers })
  const readyz = await fetch(`${await service.http()}/readyz`)
  expect(readyz.status).toBe(503)
  expect(await readyz.json()).toMatchObject({ reason: 'no broker in reach' })
  expect((await fetch(`${await service.http()}/healthz`)).status).toBe(200)

  await kafka.startBroker()
  await statsd.until(() => judged(statsd, { topic }) >= 5, 40_000)
  expect(await service.stop()).toBe(0)
})

test('no broker for longer than --broker-timeout: exit code 4 with what to check', async () => {
  const [port] = await freePorts(1)
  const service = assay({
    rules: folderWith({ 'a.contract.yaml': contract('some.topic', POSITIVE) }),
    group: uniqueName('assay'),
    brokers: `127.0.0.1:${port}`,
    flags: ['--broker-timeout', '2s'],
  })
  expect(await service.ended).toBe(4)
  expect(service.log.at(-1)).toMatchObject({ level: 'error', code: 'BROKER_UNREACHABLE' })
})

test('SIGTERM while no broker is there: ends at once, for nothing is pending', async () => {
  const [port] = await freePorts(1)
  const service = assay({
    rules: folderWith({ 'a.contract.yaml': contract('some.topic', POSITIVE) }),
    group: uniqueName('assay'),
    brokers: `127.0.0.1:${port}`,
  })
  await service.logged(({ msg }) => msg.startsWith('Kafka can’t be used now'))
  const startedMs = performance.now()
  expect(await service.stop()).toBe(0)
  expect(performance.now() - startedMs).toBeLessThan(10_000)
})

test('a broker that goes away and comes back: works on within seconds, judges each event, commits all', async () => {
  const kafka = await ownBroker()
  const { admin, producer } = await clients(kafka.brokers, { retry: { retries: 20 } })
  const topic = uniqueName('outage')
  const group = uniqueName('assay')
  await createTopic(admin, topic)
  const statsd = await receiver()
  const rules = folderWith({ 'a.contract.yaml': contract(topic, POSITIVE) })
  const service = assay({ rules, group, statsd, brokers: kafka.brokers, flags: ['--from', 'earliest'] })
  await producer.send({ topic, messages: numbers(50) })
  await statsd.until(() => judged(statsd, { topic }) >= 50, 20_000)
  await expect.poll(() => committed(admin, group, topic)).toEqual(await ends(admin, topic))

  await kafka.stopBroker('SIGKILL')
  await service.logged(({ msg }) => msg.startsWith('Kafka can’t be used now'))
  await kafka.startBroker()
  const backMs = performance.now()
  await producer.send({ topic, messages: numbers(50) })
  await statsd.until(() => judged(statsd, { topic }) >= 100, 60_000)
  expect(performance.now() - backMs).toBeLessThan(20_000)
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic })).toBe(100)
  expect(await committed(admin, group, topic)).toEqual(await ends(admin, topic))
})

test('a silent stall (heartbeats pass, fetches vanish) is found: the connection is made anew, then the process ends', async () => {
  const { proxy, producer, topic, statsd, service } = await behindProxy([
    '--stall-timeout',
    '3s',
    '--topic-audit-interval',
    '1h',
  ])
  await producer.send({ topic, messages: numbers(1) })
  await statsd.until(() => judged(statsd, { topic }) >= 1, 20_000)

  await stall(proxy, producer, topic, service)
  expect((await fetch(`${await service.http()}/healthz`)).status).toBe(503)
  expect(await service.ended).toBe(4)
}, 60_000)

test('a stall that a new connection mends: nothing is lost, and the process lives on', async () => {
  const { proxy, producer, topic, statsd, service } = await behindProxy([
    '--stall-timeout',
    '4s',
    '--from',
    'earliest',
  ])
  const written = await stall(proxy, producer, topic, service)
  proxy.dropApiKey(undefined)
  await statsd.until(() => judged(statsd, { topic }) >= written, 60_000)
  expect(judged(statsd, { topic })).toBe(written)
  await expect.poll(async () => (await fetch(`${await service.http()}/healthz`)).status).toBe(200)
  expect(await service.stop()).toBe(0)
}, 60_000)

test('a second signal ends the process at once', async () => {
  const [port] = await freePorts(1)
  const proxy = await startTcpProxy(port)
  onTestFinished(() => proxy.stop())
  proxy.blackhole()
  const service = assay({
    rules: folderWith({ 'a.contract.yaml': contract('some.topic', POSITIVE) }),
    group: uniqueName('assay'),
    brokers: `127.0.0.1:${proxy.port}`,
  })
  await service.http()
  service.signal('SIGTERM')
  await service.logged(({ msg }) => msg.startsWith('Stopping'))
  service.signal('SIGTERM')
  expect([0, 4]).toContain(await service.ended)
})
