import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
  receiver,
  uniqueName,
} from './support.ts'

const ABOVE = (bound: number) => `  - id: bound\n    assert: n >= ${bound}\n`
const isLoaded = ({ msg }: { msg: string }) => msg === 'Rules were loaded anew'
const RELOAD = ['--reload', '500ms']

test('rules change while events flow: bad files change nothing, a new topic is joined, a removed one is given up', async () => {
  const { admin, producer } = await clients()
  const [first, second] = [uniqueName('first'), uniqueName('second')]
  const group = uniqueName('assay')
  await createTopic(admin, first, 2)
  await createTopic(admin, second)
  const rules = folderWith({ 'a.contract.yaml': contract(first, ABOVE(0)) })
  const write = (name: string, text: string) => writeFileSync(join(rules, name), text)
  const statsd = await receiver()
  const service = assay({ rules, group, statsd, flags: RELOAD })
  await service.logged(isAssigned)
  const health = async () =>
    (await (await fetch(`${await service.http()}/healthz`)).json()) as { rules: object }

  await producer.send({ topic: first, messages: numbers(50) })
  await statsd.until(() => judged(statsd, { topic: first }) >= 50, 20_000)
  write('a.contract.yaml', contract(first, ABOVE(1_000)))
  await service.logged(isLoaded)
  await producer.send({ topic: first, messages: numbers(30) })
  await statsd.until(() => judged(statsd, { topic: first, result: 'fail' }) >= 30, 20_000)
  expect(judged(statsd, { topic: first, result: 'pass' })).toBe(50)
  // The same topics: nobody joined anew.
  expect(service.log.filter(isAssigned)).toHaveLength(1)

  write('a.contract.yaml', contract(first, '  - id: bound\n    assert: n >=\n'))
  const refused = await service.logged(({ level }) => level === 'error')
  expect(refused).toMatchObject({
    problems: [expect.stringMatching(/a\.contract\.yaml:10:\d+: .*\[EXPRESSION_INVALID\]$/)],
  })
  await statsd.until(() => statsd.gauge('dq.rules.stale', {}) === 1, 20_000)
  expect(await health()).toMatchObject({
    status: 'ok',
    rules: {
      state: expect.stringMatching(/^stale since /),
      firstProblem: expect.stringContaining('[EXPRESSION_INVALID]'),
    },
  })
  expect((await fetch(`${await service.http()}/healthz`)).status).toBe(200)
  await statsd.until(() => statsd.count('dq.rules.reload', { result: 'error' }) === 1, 20_000)

  write('a.contract.yaml', contract(first, ABOVE(1_000)))
  write('b.contract.yaml', contract(second, ABOVE(0)))
  await service.logged((line) => isAssigned(line) && JSON.stringify(line).includes(second))
  await producer.send({ topic: second, messages: numbers(20) })
  await producer.send({ topic: first, messages: numbers(10) })
  await statsd.until(
    () => judged(statsd, { topic: second }) >= 20 && judged(statsd, { topic: first }) >= 90,
    20_000,
  )
  await statsd.until(() => statsd.gauge('dq.rules.stale', {}) === 0, 20_000)
  expect(await health()).toMatchObject({ rules: { state: 'ok', contracts: 2 } })

  rmSync(join(rules, 'a.contract.yaml'))
  await service.logged((line) => isAssigned(line) && !JSON.stringify(line).includes(first))
  expect(await committed(admin, group, first)).toEqual(await ends(admin, first))
  await producer.send({ topic: first, messages: numbers(5) })
  await producer.send({ topic: second, messages: numbers(5) })
  await statsd.until(() => judged(statsd, { topic: second }) >= 25, 20_000)
  expect(await service.stop()).toBe(0)
  expect({ first: judged(statsd, { topic: first }), second: judged(statsd, { topic: second }) }).toEqual({
    first: 90,
    second: 25,
  })
  expect(service.log.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('a mounted ConfigMap that gets a new generation is taken over while records pour in, each judged once', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('poured')
  await createTopic(admin, topic)
  const mount = folderWith({})
  const generation = (name: string, bound: number) => {
    mkdirSync(join(mount, name))
    writeFileSync(join(mount, name, 'a.contract.yaml'), contract(topic, ABOVE(bound)))
    symlinkSync(name, join(mount, '..data_tmp'))
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
  }
  generation('..2026_1', 0)
  symlinkSync('..data/a.contract.yaml', join(mount, 'a.contract.yaml'))
  const statsd = await receiver()
  // Sooner than by looking: the system tells of the link.
  const service = assay({ rules: mount, group: uniqueName('assay'), statsd, flags: ['--reload', '1h'] })
  await service.logged(isAssigned)
  let sent = 0
  const over = new AbortController()
  const pouring = (async () => {
    while (!over.signal.aborted) {
      await producer.send({ topic, messages: numbers(500) })
      sent += 500
    }
  })()
  await statsd.until(() => judged(statsd, { topic, result: 'pass' }) > 0, 20_000)
  generation('..2026_2', 1_000)
  rmSync(join(mount, '..2026_1'), { recursive: true })
  const loaded = await service.logged(isLoaded)
  expect(loaded).toMatchObject({ changed: [topic.toLowerCase()], added: [], removed: [] })
  await statsd.until(() => judged(statsd, { topic, result: 'fail' }) > 0, 20_000)
  over.abort()
  await pouring
  await statsd.until(() => judged(statsd, { topic }) >= sent, 20_000)
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic })).toBe(sent)
  expect(service.log.filter(isAssigned)).toHaveLength(1)
})

test('rules that had no topic to read get one, without waiting for a look at the topics; it is an event', async () => {
  const { admin, producer } = await clients()
  const [nowhere, there] = [uniqueName('nowhere'), uniqueName('there')]
  await createTopic(admin, there)
  await producer.send({ topic: there, messages: numbers(7) })
  const rules = folderWith({ 'a.contract.yaml': contract(nowhere, ABOVE(0), 'a') })
  const statsd = await receiver()
  const flags = [...RELOAD, '--topic-audit-interval', '1h', '--from', 'earliest', '--datadog', 'true']
  const service = assay({ rules, group: uniqueName('assay'), statsd, flags })
  await service.logged(({ msg }) => msg.startsWith('A topic of the rules does not exist'))
  writeFileSync(join(rules, 'a.contract.yaml'), contract(there, ABOVE(0), 'a'))
  const { from, to } = await service.logged(isLoaded)
  const title = `Rules of test: ${String(from)} -> ${String(to)} loaded`
  // The strict receiver knows no events.
  await statsd.until(() =>
    statsd.malformed.some(({ line }) => line.startsWith('_e{') && line.includes(title)),
  )
  await service.logged((line) => isAssigned(line) && JSON.stringify(line).includes(there))
  await statsd.until(() => statsd.malformed.some(({ line }) => line.startsWith('dq.events:7|')))
  expect(await service.stop()).toBe(0)
})
