import { expect, test } from 'vitest'
import { AD_TOPIC, PAYMENT_TOPIC } from '../../tools/ads/events.ts'
import { createFeed, INCIDENT, type FeedRecord } from '../../tools/demo/feed.ts'
import { createPlan } from '../../tools/demo/plan.ts'

const START_MS = Date.parse('2026-03-02T08:00:00.000Z')
const plan = createPlan(10)

const all = () => createFeed(plan, START_MS, 1).take(Infinity, Infinity)

test('the backlog lies before the start, and the flow after it', () => {
  const feed = createFeed(plan, START_MS, 1)
  const backlog = feed.take(START_MS, Infinity)
  const firstSecond = feed.take(START_MS + 1000, Infinity)
  expect(backlog.length).toBeCloseTo((1500 * plan.backlogMs) / 1000, -2)
  expect(firstSecond.length).toBeCloseTo(1500, -2)
  expect(Math.max(...firstSecond.map(({ timestampMs }) => timestampMs))).toBeLessThan(START_MS + 1000)
})

test('every record is given once, in order of time within its topic', () => {
  const feed = createFeed(plan, START_MS, 1)
  const inParts: FeedRecord[] = []
  for (let part = feed.take(Infinity, 999); part.length > 0; part = feed.take(Infinity, 999))
    inParts.push(...part)
  for (const topic of [AD_TOPIC, PAYMENT_TOPIC]) {
    const ofTopic = (records: readonly FeedRecord[]) => records.filter((record) => record.topic === topic)
    expect(ofTopic(inParts)).toEqual(ofTopic(all()))
    const times = ofTopic(inParts).map(({ timestampMs }) => timestampMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
})

test('the incident makes about every fifth ad of its time negative, and no other', () => {
  const hit = all().filter(({ fault }) => fault === INCIDENT)
  const seconds = (plan.incident.toMs - plan.incident.fromMs) / 1000
  expect(hit.length / (1000 * seconds)).toBeCloseTo(0.2, 2)
  for (const { topic, value, timestampMs } of hit) {
    expect(topic).toBe(AD_TOPIC)
    expect(JSON.parse(String(value)).ad.price.amount).toBeLessThan(0)
    expect(timestampMs - START_MS).toBeGreaterThanOrEqual(plan.incident.fromMs)
    expect(timestampMs - START_MS).toBeLessThan(plan.incident.toMs)
  }
})
