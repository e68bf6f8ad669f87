import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { expect, test } from 'vitest'
import { dockerAnswers } from '../../../tools/embedded-kafka/docker-broker.ts'

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('an engine that answers the ping is there', async () => {
  const server = createServer((_, response) => response.end('OK'))
  expect(await dockerAnswers(await listening(server))).toBe(true)
  server.close()
})

test('an engine that accepts and never answers is not there, and we find that out soon', async () => {
  const server = createTcpServer()
  const startMs = performance.now()
  expect(await dockerAnswers(await listening(server))).toBe(false)
  expect(performance.now() - startMs).toBeLessThan(3000)
  server.close()
})

test.each(['unix:///nonexistent/docker.sock', 'tcp://127.0.0.1:1', 'ssh://elsewhere', 'no address'])(
  'no engine answers at %s',
  async (host) => {
    expect(await dockerAnswers(host)).toBe(false)
  },
)
