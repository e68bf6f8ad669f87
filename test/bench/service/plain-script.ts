/**
 * What a team could write today in an afternoon: kafkajs, ajv, jsonata and hot-shots, each used as its documentation shows, with
 * client-side aggregation of the metrics. There are no guardrails: no limits on records, expressions or patterns.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { StatsD } from 'hot-shots'
import jsonata from 'jsonata'
import kafkajs from 'kafkajs'
import { FORMAT_CHECKS } from '../../../src/evaluate/formats.ts'
import { fromEnvironment, onStop, tellParent } from './child.ts'
import { readAssertions, readSchema, SCHEMA_RULE, TOPIC } from './contract.ts'

const { brokers, group, events, statsdPort } = fromEnvironment()
const statsd = new StatsD({ host: '127.0.0.1', port: statsdPort, aggregation: true, cacheDns: true })
const validate = new Ajv2020({ formats: FORMAT_CHECKS }).compile(readSchema())
const rules = readAssertions().map(({ id, assert }) => ({ id, expression: jsonata(assert) }))

function count(rule: string, passes: boolean): void {
  statsd.increment('dq.rule.evaluations', 1, { rule, result: passes ? 'pass' : 'fail' })
}

async function holds(expression: jsonata.Expression, event: unknown): Promise<boolean> {
  try {
    return (await expression.evaluate(event)) === true
  } catch {
    return false
  }
}

async function judge(event: unknown): Promise<void> {
  count(SCHEMA_RULE, validate(event))
  for (const { id, expression } of rules) count(id, await holds(expression, event))
}

const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })
const consumer = kafka.consumer({ groupId: group })
let judged = 0

onStop(async () => {
  await consumer.disconnect()
  await new Promise((resolve) => statsd.close(resolve))
})
consumer.on(consumer.events.GROUP_JOIN, () => tellParent('assigned'))
await consumer.connect()
await consumer.subscribe({ topics: [TOPIC], fromBeginning: true })
await consumer.run({
  eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
    for (const message of batch.messages) {
      await judge(JSON.parse(String(message.value)))
      resolveOffset(message.offset)
      await heartbeat()
    }
    judged += batch.messages.length
    if (judged === events) tellParent('judged')
  },
})
