/**
 * The floor: what the client, JSON.parse and ajv alone cost, with the ten rules written by hand in JavaScript and whole numbers as
 * counters. Nobody would keep rules like this; it shows how much of a candidate's cost is its own.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { StatsD } from 'hot-shots'
import kafkajs from 'kafkajs'
import { FORMAT_CHECKS } from '../../../src/evaluate/formats.ts'
import { fromEnvironment, onStop, tellParent } from './child.ts'
import { readAssertions, readSchema, SCHEMA_RULE, TOPIC } from './contract.ts'
import { judgeByHand } from './judge-by-hand.ts'

const { brokers, group, events, statsdPort } = fromEnvironment()
const statsd = new StatsD({ host: '127.0.0.1', port: statsdPort, maxBufferSize: 1432 })
const validate = new Ajv2020({ formats: FORMAT_CHECKS }).compile(readSchema())
const ruleIds = [SCHEMA_RULE, ...readAssertions().map(({ id }) => id)]
const passed = new Float64Array(ruleIds.length)
let judged = 0

function judge(event: unknown): void {
  if (validate(event)) passed[0] = (passed[0] ?? 0) + 1
  judgeByHand(event, passed)
  judged++
}

function sendTotals(): void {
  ruleIds.forEach((rule, index) => {
    const passes = passed[index] ?? 0
    statsd.increment('dq.rule.evaluations', passes, { rule, result: 'pass' })
    statsd.increment('dq.rule.evaluations', judged - passes, { rule, result: 'fail' })
  })
}

const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })
const consumer = kafka.consumer({ groupId: group })

onStop(async () => {
  await consumer.disconnect()
  sendTotals()
  await new Promise((resolve) => statsd.close(resolve))
})
consumer.on(consumer.events.GROUP_JOIN, () => tellParent('assigned'))
await consumer.connect()
await consumer.subscribe({ topics: [TOPIC], fromBeginning: true })
await consumer.run({
  eachBatch: async ({ batch }) => {
    for (const { value } of batch.messages) judge(JSON.parse(String(value)))
    if (judged === events) tellParent('judged')
  },
})
