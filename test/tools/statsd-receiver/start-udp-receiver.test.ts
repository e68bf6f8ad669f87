import { createSocket } from 'node:dgram'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startUdpReceiver, type UdpReceiver } from '../../../tools/statsd-receiver/start-udp-receiver.ts'

const socket = createSocket('udp4')
let receiver: UdpReceiver

beforeEach(async () => {
  receiver = await startUdpReceiver()
})

afterEach(() => receiver.stop())

async function send(...datagrams: string[]): Promise<void> {
  const wanted = receiver.datagrams() + datagrams.length
  for (const datagram of datagrams) socket.send(datagram, receiver.port, '127.0.0.1')
  await receiver.until(() => receiver.datagrams() === wanted)
}

test('counts are summed over datagrams and sample rates', async () => {
  await send('n:2|c|#r:pass\nn:3|c|#r:fail\n', 'n:1|c|@0.5|#r:pass')
  expect(receiver.count('n')).toBe(7)
  expect(receiver.count('n', { r: 'pass' })).toBe(4)
  expect(receiver.count('n', { r: 'error' })).toBe(0)
})

test('the last gauge wins, distributions keep every value', async () => {
  await send('lag:5|g|#p:0', 'lag:3|g|#p:0\nt:1:2|d', 't:3|d')
  expect(receiver.gauge('lag', { p: '0' })).toBe(3)
  expect(receiver.gauge('lag', { p: '1' })).toBeUndefined()
  expect(receiver.values('t')).toEqual([1, 2, 3])
})

test('malformed lines are set apart and spoil no others', async () => {
  await send('n:1|c\n\nn:NaN|c\nn:1|c', '')
  expect(receiver.count('n')).toBe(2)
  expect(receiver.malformed.map((malformed) => malformed.line)).toEqual(['', 'n:NaN|c', ''])
})

test('the largest datagram is known, and all is forgotten on demand', async () => {
  await send('n:1|c', 'n:1|c|#tag:value')
  expect(receiver.maxDatagramBytes()).toBe(16)
  receiver.clear()
  expect([receiver.datagrams(), receiver.maxDatagramBytes(), receiver.count('n')]).toEqual([0, 0, 0])
})

test('waiting ends with what came instead, or with the error of the question', async () => {
  await send('other:1|c')
  await expect(receiver.until(() => receiver.count('n') > 0, 50)).rejects.toThrow(
    '1 datagrams, 0 malformed lines, metrics: other',
  )
  await expect(receiver.until(() => JSON.parse('{'))).rejects.toThrow(SyntaxError)
})
