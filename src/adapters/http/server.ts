import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** What the probes ask. */
export interface Probes {
  health(): { readonly live: boolean; readonly ready: boolean; readonly reason: string }
  metrics(): Promise<{ readonly body: string; readonly contentType: string }>
  /** Which rules judge, and whether they are those of the files: what `/healthz` and `/readyz` tell beside. Never a reason for 503. */
  rules?(): Readonly<Record<string, unknown>>
  /** What `/readyz` tells beside. */
  status?(): Readonly<Record<string, unknown>>
}

/** A listening server. */
export interface HttpServer {
  /** The port that was given, if 0 was asked for. */
  readonly port: number
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/**
 * Serves `/healthz` (progress: 503 calls for a restart), `/readyz` (in the group, brokers in reach) and `/metrics`. On Node's own server:
 * routers of frameworks make code from strings, which Node may be told to forbid.
 *
 * @throws the socket's error if the address can't be listened on
 */
export async function startHttpServer(
  address: { host: string; port: number },
  probes: Probes,
): Promise<HttpServer> {
  const server = createServer((request, response) => void reply(request, response, probes))
  server.listen(address)
  await once(server, 'listening')
  return { port: listeningPort(server), close: () => close(server) }
}

async function reply(request: IncomingMessage, response: ServerResponse, probes: Probes): Promise<void> {
  const { status, contentType, body } = await answerTo(request, probes).catch(() =>
    json(500, { status: 'failed', reason: 'the answer could not be made' }),
  )
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? '' : body)
}

async function answerTo({ method, url }: IncomingMessage, probes: Probes): Promise<Answer> {
  const [path] = (url ?? '').split('?')
  const isRead = method === 'GET' || method === 'HEAD'
  switch (isRead ? path : undefined) {
    case '/healthz': {
      const { live, reason } = probes.health()
      return healthAnswer(live, reason, rulesOf(probes))
    }
    case '/readyz': {
      const { ready, reason } = probes.health()
      return healthAnswer(ready, reason, { ...rulesOf(probes), ...probes.status?.() })
    }
    case '/metrics':
      return { status: 200, ...(await probes.metrics()) }
    default:
      return json(404, { status: 'not found', reason: 'there are GET /healthz, /readyz and /metrics' })
  }
}

function rulesOf({ rules }: Probes): Readonly<Record<string, unknown>> {
  return rules === undefined ? {} : { rules: rules() }
}

function healthAnswer(isGood: boolean, reason: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  return json(isGood ? 200 : 503, { status: isGood ? 'ok' : 'unavailable', reason, ...more })
}

function json(status: number, content: object): Answer {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(content) }
}

/** Doesn't wait for clients that keep their connections. */
async function close(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

function listeningPort(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
