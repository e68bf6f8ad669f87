import { expect, onTestFinished, test } from 'vitest'
import { startSecuredKafka } from '../../tools/embedded-kafka/secured-kafka.ts'
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

test('a missing topic waits without stopping the others, and is judged whole when it comes', async () => {
  const { admin, producer } = await clients()
  const [there, later] = [uniqueName('there'), uniqueName('later')]
  const group = uniqueName('assay')
  await createTopic(admin, there)
  const rules = folderWith({
    'a.contract.yaml': contract(there, POSITIVE),
    'b.contract.yaml': contract(later, POSITIVE),
  })
  const statsd = await receiver()
  const service = assay({ rules, group, statsd, flags: ['--topic-audit-interval', '1s'] })
  await service.logged(isAssigned)
  await producer.send({ topic: there, messages: numbers(5) })
  await statsd.until(() => judged(statsd, { topic: there }) >= 5, 20_000)
  await statsd.until(() => statsd.gauge('dq.topic.missing', { topic: later }) === 1, 20_000)
  expect(statsd.gauge('dq.topic.missing', { topic: there })).toBe(0)
  expect(service.log.find(({ topic }) => topic === later)).toMatchObject({ level: 'warn' })

  await createTopic(admin, later)
  await producer.send({ topic: later, messages: numbers(3) })
  await producer.send({ topic: there, messages: numbers(2) })
  await statsd.until(
    () => judged(statsd, { topic: later }) >= 3 && judged(statsd, { topic: there }) >= 7,
    30_000,
  )
  await statsd.until(() => statsd.gauge('dq.topic.missing', { topic: later }) === 0, 20_000)
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic: later })).toBe(3)
  expect(judged(statsd, { topic: there })).toBe(7)
  for (const topic of [there, later])
    expect(await committed(admin, group, topic)).toEqual(await ends(admin, topic))
  // The broker must not have been asked to make the topic.
  expect(service.log.filter(({ level }) => level === 'error')).toEqual([])
})

test('only missing topics: not ready, and no crash', async () => {
  const rules = folderWith({ 'a.contract.yaml': contract(uniqueName('nowhere'), POSITIVE) })
  const service = assay({ rules, group: uniqueName('assay'), flags: ['--topic-audit-interval', '1s'] })
  await service.logged(({ msg }) => msg.startsWith('A topic of the rules does not exist'))
  expect((await fetch(`${await service.http()}/readyz`)).status).toBe(503)
  expect(await service.stop()).toBe(0)
})

test('SASL and ACLs: topics that may not be read stop no others; a refused group or login ends with what to do', async () => {
  const user = { username: 'assay', password: 'assay-secret' }
  const kafka = await startSecuredKafka()
  onTestFinished(() => kafka.stop())
  await kafka.addScramUser(user, 'SCRAM-SHA-256')
  const { admin, producer } = await clients(kafka.directBrokers)
  const [open, blind, hidden] = [uniqueName('open'), uniqueName('blind'), uniqueName('hidden')]
  const group = uniqueName('assay')
  for (const topic of [open, blind, hidden]) await createTopic(admin, topic)
  await kafka.allow(user.username, [
    { resource: 'topic', name: open, operations: ['read', 'describe'] },
    { resource: 'topic', name: blind, operations: ['describe'] },
    { resource: 'group', name: group, operations: ['read'] },
  ])
  const rules = folderWith(
    Object.fromEntries(
      [open, blind, hidden].map((topic) => [`${topic}.contract.yaml`, contract(topic, POSITIVE)]),
    ),
  )
  const env = {
    KAFKA_SASL_MECHANISM: 'scram-sha-256',
    KAFKA_SASL_USERNAME: user.username,
    KAFKA_SASL_PASSWORD: user.password,
  }
  const statsd = await receiver()
  const setting = {
    rules,
    statsd,
    brokers: kafka.brokers,
    env,
    flags: ['--from', 'earliest', '--topic-audit-interval', '1s'],
  }

  const service = assay({ ...setting, group })
  for (const topic of [open, blind, hidden]) await producer.send({ topic, messages: numbers(4) })
  await statsd.until(() => judged(statsd, { topic: open }) >= 4, 30_000)
  await statsd.until(
    () =>
      statsd.gauge('dq.topic.missing', { topic: blind }) === 1 &&
      statsd.gauge('dq.topic.missing', { topic: hidden }) === 1,
    20_000,
  )
  expect(judged(statsd, { topic: blind })).toBe(0)

  await kafka.allow(user.username, [{ resource: 'topic', name: blind, operations: ['read'] }])
  await statsd.until(() => judged(statsd, { topic: blind }) >= 4, 30_000)
  await kafka.revoke(user.username, { resource: 'topic', name: blind })
  await statsd.until(() => statsd.gauge('dq.topic.missing', { topic: blind }) === 1, 30_000)
  await producer.send({ topic: open, messages: numbers(1) })
  await statsd.until(() => judged(statsd, { topic: open }) >= 5, 30_000)
  expect(await service.stop()).toBe(0)
  expect(JSON.stringify(service.log)).not.toContain(user.password)

  const strangers = assay({ ...setting, group: uniqueName('not-granted') })
  expect(await strangers.ended).toBe(4)
  expect(strangers.log.at(-1)).toMatchObject({ code: 'GROUP_DENIED' })

  const impostor = assay({ ...setting, group, env: { ...env, KAFKA_SASL_PASSWORD: 'wrong' } })
  expect(await impostor.ended).toBe(4)
  expect(impostor.log.at(-1)).toMatchObject({ code: 'KAFKA_LOGIN_FAILED' })
})
