import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Message, Producer } from 'kafkajs'
import { expect, onTestFinished, test } from 'vitest'
import { AD_TOPIC, generateAds, generatePayments, PAYMENT_TOPIC } from '../../tools/ads/events.ts'
import type { GeneratedRecord } from '../../tools/ads/events.ts'
import { createExpectedCounter } from '../../tools/ads/expected.ts'
import type { ExpectedCounter } from '../../tools/ads/expected.ts'
import { countReceiver, total } from './count-receiver.ts'
import { assay, clients, committed, createTopic, ends, uniqueName } from './support.ts'

const ADS = 400_000
const PAYMENTS = 100_000
const PARTITIONS = 4
const SEND_AT_ONCE = 5_000

/** The example domain's own rules, over topics of this test. */
function rulesFor(topics: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-exact-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(import.meta.dirname, '..', '..', 'rules', 'ads'), folder, { recursive: true })
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.contract.yaml'))) {
    const file = join(folder, name)
    const text = [...topics].reduce(
      (changed, [from, to]) => changed.replace(`topic: ${from}`, `topic: ${to}`),
      readFileSync(file, 'utf8'),
    )
    writeFileSync(file, text)
  }
  return folder
}

async function produceAndExpect(
  records: Iterable<GeneratedRecord>,
  from: string,
  to: string,
  producer: Producer,
  expected: ExpectedCounter,
): Promise<void> {
  let messages: Message[] = []
  const send = async () => {
    await producer.send({ topic: to, messages, acks: 1 })
    messages = []
  }
  for (const { key, value, timestampMs } of records) {
    expected.take(from, value)
    messages.push({ key, value, timestamp: String(timestampMs) } as Message)
    if (messages.length === SEND_AT_ONCE) await send()
  }
  if (messages.length > 0) await send()
}

function expectedCounts(counter: ExpectedCounter): {
  events: Record<string, number>
  verdicts: Record<string, number>
} {
  const events: Record<string, number> = {}
  const verdicts: Record<string, number> = {}
  for (const [contract, counts] of counter.contracts) {
    for (const [result, count] of Object.entries(counts.events))
      if (count > 0) events[`${contract} ${result}`] = count
    for (const [rule, byVerdict] of Object.entries(counts.rules)) {
      for (const [result, count] of Object.entries(byVerdict)) {
        if (count > 0) verdicts[`${contract} ${rule} ${result}`] = count
      }
    }
  }
  return { events, verdicts }
}

test('500,000 events through a real broker: received counts equal an independent count exactly, offsets are committed to the end', async () => {
  const { admin, producer } = await clients()
  const topics = new Map([
    [AD_TOPIC, uniqueName('ads')],
    [PAYMENT_TOPIC, uniqueName('payments')],
  ])
  for (const topic of topics.values()) await createTopic(admin, topic, PARTITIONS)
  const expected = createExpectedCounter(Date.now())
  const baseTimeMs = Date.now() - 86_400_000
  await produceAndExpect(
    generateAds({ seed: 7, count: ADS, baseTimeMs }),
    AD_TOPIC,
    topics.get(AD_TOPIC) ?? '',
    producer,
    expected,
  )
  await produceAndExpect(
    generatePayments({ seed: 8, count: PAYMENTS, baseTimeMs }),
    PAYMENT_TOPIC,
    topics.get(PAYMENT_TOPIC) ?? '',
    producer,
    expected,
  )

  const statsd = await countReceiver()
  const group = uniqueName('assay')
  const service = assay({
    rules: rulesFor(topics),
    group,
    flags: ['--from', 'earliest', '--statsd', `127.0.0.1:${statsd.port}`, '--flush-interval', '2s'],
  })
  const isAllCommitted = async () => {
    const done = await Promise.all([...topics.values()].map((topic) => committed(admin, group, topic)))
    return done
      .flatMap((offsets) => Object.values(offsets))
      .reduce((sum, offset) => sum + Math.max(0, offset), 0)
  }
  await expect.poll(isAllCommitted, { timeout: 400_000, interval: 1_000 }).toBe(ADS + PAYMENTS)
  expect(await service.stop()).toBe(0)
  for (const topic of topics.values())
    expect(await committed(admin, group, topic)).toEqual(await ends(admin, topic))

  const { events, verdicts } = expectedCounts(expected)
  await statsd.untilSum('dq.rule.evaluations', total(verdicts))
  expect(await statsd.counts('dq.rule.evaluations')).toEqual(verdicts)
  expect(await statsd.counts('dq.events')).toEqual(events)
  expect(await statsd.refused()).toBe(0)
}, 480_000)
