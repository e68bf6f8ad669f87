import { expect, test } from 'vitest'
import { generatePrometheus } from '../../src/generate/prometheus/generate-prometheus.ts'
import { prometheusName } from '../../src/model/prometheus-name.ts'
import { CATALOGUE, type MetricName } from '../../src/telemetry/catalogue.ts'
import { contractsBelow, datadogFiles, EVERY_KIND } from './support.ts'

const CONTRACTS = contractsBelow(EVERY_KIND)

/** Metrics that nothing alarms on, each with its reason. */
const WITHOUT_ALARM: Partial<Record<MetricName, string>> = {
  'dq.promise.status': 'the objectives of the monitoring system see windows of any length',
  'dq.promise.budget_left': 'the same',
  'dq.status.changes': 'the condition itself is there to alarm on',
  'dq.volume.events': 'its rule has a status, which knows lateness and exceptions',
  'dq.timestamps.ignored': 'freshness by a field goes by what is left, and alarms if that is too little',
  'dq.shadow.evaluations': 'the shadow never alarms',
  'dq.records.recognised': 'says what there is, none of it is wrong',
  'dq.schema.changes': 'a new schema is no fault, and rules see what it brings',
  'dq.registry.requests':
    'dq.registry.unavailable says whether it answers, and records of unknown schemas are rejected',
  'dq.numbers.rounded': 'a property of the events that no contract has spoken of',
  'dq.evaluate.duration': 'what is slow shows as lag, and what exceeds its budget is suspended',
  'dq.consumer.lag_offsets': 'how many records are late depends on the topic; seconds say it',
  'dq.contracts.loaded': 'a contract that is not loaded has no heartbeat',
  'dq.rules.reload': 'dq.rules.stale lasts as long as the fault does',
  'dq.rebalances': 'one at each deployment is right; too many stop heartbeats and commits, which alarm',
}

const MONITORS = [...datadogFiles(CONTRACTS)]
  .filter(([path]) => /\.(?:monitor|slo)\.json$/.test(path))
  .map(([, text]) => text)
  .join('\n')
const RULES = generatePrometheus(CONTRACTS, CATALOGUE)
  .filter(({ path }) => path.endsWith('.rules.yaml'))
  .map(({ text }) => text)
  .join('\n')

test.each(Object.entries(CATALOGUE))(
  '%s is alarmed on in both systems, or there is a reason',
  (name, row) => {
    const isWatched = [MONITORS.includes(`:${name}{`), RULES.includes(`${prometheusName(name, row.type)}{`)]
    const isExpected = WITHOUT_ALARM[name as MetricName] === undefined
    expect(isWatched).toEqual([isExpected, isExpected])
  },
)

test('records that can’t be read have an alarm of their own where no promise counts them', () => {
  const [contract] = CONTRACTS.filter(({ id }) => id === 'shop.orders')
  if (contract === undefined) throw new Error('no contract shop.orders')
  const isThere = (promises: typeof contract.promises) =>
    datadogFiles([{ ...contract, promises }]).has(
      'domains/shop/shop.order-placed.v1.undecodable.monitor.json',
    )
  expect(isThere(contract.promises)).toBe(false)
  expect(isThere({ ...contract.promises, validity: undefined })).toBe(true)
})
