import { createSocket, type Socket } from 'node:dgram'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matching } from '../../../tools/statsd-exporter/parse-exposition.ts'
import {
  canBuildStatsdExporter,
  startStatsdExporter,
  type StatsdExporter,
} from '../../../tools/statsd-exporter/start-statsd-exporter.ts'

describe.skipIf(!canBuildStatsdExporter())('with Go to build it', () => {
  let socket: Socket
  let exporter: StatsdExporter

  beforeAll(async () => {
    socket = createSocket('udp4')
    exporter = await startStatsdExporter()
  })

  afterAll(async () => {
    socket.close()
    await exporter.stop()
  })

  function send(datagram: string): void {
    socket.send(datagram, exporter.udpPort, '127.0.0.1')
  }

  test('counts add up per series, and gauges keep the last value', async () => {
    send('dq.events:3|c|#result:pass\ndq.events:2|c|#result:fail')
    send('dq.events:4|c|#result:pass\ndq.consumer.lag_offsets:7|g|#partition:0')
    await exporter.until((samples) => matching(samples, 'dq_consumer_lag_offsets').length > 0)
    expect(await exporter.value('dq_events', { result: 'pass' })).toBe(7)
    expect(await exporter.sum('dq_events')).toBe(9)
    expect(await exporter.value('dq_consumer_lag_offsets', { partition: '0' })).toBe(7)
    await expect(exporter.value('dq_events')).rejects.toThrow('2 series')
  })

  test('what never came has no value and sums to 0', async () => {
    expect(await exporter.value('never_sent')).toBeUndefined()
    expect(await exporter.sum('never_sent')).toBe(0)
    const wait = exporter.until((samples) => matching(samples, 'never_sent').length > 0, 50)
    await expect(wait).rejects.toThrow('never came')
  })

  test('a line that the exporter can’t read is counted by it', async () => {
    send('dq.events:many|c')
    const isCounted = { reason: 'malformed_value' }
    await exporter.until(
      (samples) => matching(samples, 'statsd_exporter_sample_errors_total', isCounted).length > 0,
    )
    expect(await exporter.sum('statsd_exporter_sample_errors_total', isCounted)).toBe(1)
  })
})
