import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server that answers as a test wants, and remembers what it was asked. */
export interface FakeRegistry {
  readonly url: string
  readonly requests: IncomingMessage[]
  answer: (request: IncomingMessage, response: ServerResponse) => void
}

/** Answers with a status and JSON. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' })
  response.end(JSON.stringify(body))
}

/** Starts on a free port, unless one is given. */
export async function fakeRegistry(answer: FakeRegistry['answer'], port = 0): Promise<FakeRegistry> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    fake.answer(request, response)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const fake = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, answer }
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return fake
}
