import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRequestFilter } from '../../../tools/tcp-proxy/kafka-requests.ts'
import { startTcpProxy, type TcpProxy } from '../../../tools/tcp-proxy/start-tcp-proxy.ts'

const echo = createServer((socket) => socket.on('error', () => {}).pipe(socket))
let proxy: TcpProxy

beforeEach(async () => {
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await startTcpProxy((echo.address() as AddressInfo).port)
})

afterEach(async () => {
  await proxy.stop()
  echo.close()
})

/** A Kafka request: its length, its api key, and a body of `size` bytes. */
function request(apiKey: number, size = 10): Buffer {
  const bytes = Buffer.alloc(4 + 2 + size, apiKey)
  bytes.writeInt32BE(2 + size, 0)
  bytes.writeInt16BE(apiKey, 4)
  return bytes
}

async function connected(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function answered(socket: Socket): Promise<Buffer> {
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  return chunk
}

test('what is sent comes to the target and back', async () => {
  const socket = await connected()
  socket.write(request(1))
  expect(await answered(socket)).toEqual(request(1))
  socket.destroy()
})

test('a request with the dropped api key vanishes, others pass on the same connection', async () => {
  proxy.dropApiKey(8)
  const socket = await connected()
  socket.write(Buffer.concat([request(8), request(1)]))
  expect(await answered(socket)).toEqual(request(1))
  proxy.dropApiKey(undefined)
  socket.write(request(8))
  expect(await answered(socket)).toEqual(request(8))
  socket.destroy()
})

test('a reset breaks present connections and lets new ones in', async () => {
  const old = await connected()
  old.write(request(1))
  await answered(old)
  const broken = once(old, 'error')
  proxy.resetAll()
  expect(((await broken) as [Error])[0]).toMatchObject({ code: 'ECONNRESET' })
  const next = await connected()
  next.write(request(3))
  expect(await answered(next)).toEqual(request(3))
  next.destroy()
})

test('a blackhole takes everything and answers nothing; healing it resets who was inside', async () => {
  proxy.blackhole()
  const inside = await connected()
  const heard: Buffer[] = []
  inside.on('data', (chunk: Buffer) => heard.push(chunk))
  inside.write(request(1))
  const broken = once(inside, 'error')
  // The proxy has taken the connection in by the time that a second one is open.
  const second = await connected()
  second.on('error', () => {})
  while (proxy.openConnections() < 2) await new Promise(setImmediate)
  proxy.heal()
  await broken
  expect(heard).toEqual([])
  const next = await connected()
  next.write(request(1))
  expect(await answered(next)).toEqual(request(1))
  next.destroy()
})

test('without a target, connections are reset', async () => {
  const aimless = await startTcpProxy()
  const socket = connect(aimless.port, '127.0.0.1')
  expect(((await once(socket, 'error')) as unknown as [Error])[0]).toMatchObject({ code: 'ECONNRESET' })
  await aimless.stop()
})

test('the filter is the same however the bytes are cut', () => {
  const stream = Buffer.concat([request(1), request(8, 0), request(3, 300), request(8)])
  const kept = Buffer.concat([request(1), request(3, 300)])
  for (let size = 1; size <= stream.length; size++) {
    const filter = createRequestFilter((apiKey) => apiKey === 8)
    const parts: Buffer[] = []
    for (let at = 0; at < stream.length; at += size) parts.push(filter(stream.subarray(at, at + size)))
    expect(Buffer.concat(parts)).toEqual(kept)
  }
})
