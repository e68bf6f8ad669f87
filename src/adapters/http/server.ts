import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { json, SAFETY_HEADERS } from './answer.ts'
import type { Answer } from './answer.ts'
import { EventStream, TOO_MANY_READERS } from './event-stream.ts'
import { pageRoutes, probeRoutes, STREAM_PATH } from './routes.ts'
import type { Probes, Route, Routes, StatusTexts } from './routes.ts'

export type { Probes, StatusTexts } from './routes.ts'

/** A listening server. */
export interface HttpServer {
  /** The port that was given, if 0 was asked for. */
  readonly port: number
  close(): Promise<void>
}

/** What is served. */
interface Served {
  readonly routes: Routes
  readonly stream: EventStream | undefined
}

const NOT_FOUND = json(404, {
  status: 'not found',
  reason: 'there are GET /healthz, /readyz, /metrics, / and /api/v1/openapi.json',
})
const ONLY_READ: Answer = {
  ...json(405, { status: 'not allowed', reason: 'everything here is read-only: GET or HEAD' }),
  headers: { allow: 'GET, HEAD' },
}
const FAILED = json(500, { status: 'failed', reason: 'the answer could not be made' })

/**
 * Serves `/healthz` (progress: 503 calls for a restart), `/readyz` (in the group, brokers in reach), `/metrics` and, where there are
 * texts for it, the status page with its API. On Node's own server: routers of frameworks make code from strings, which Node may be told
 * to forbid.
 *
 * @throws the socket's error if the address can't be listened on
 */
export async function startHttpServer(
  address: { host: string; port: number },
  probes: Probes,
  texts?: StatusTexts,
): Promise<HttpServer> {
  const served = servedOf(probes, texts)
  const server = createServer((request, response) => void reply(request, response, served))
  server.listen(address)
  await once(server, 'listening')
  return { port: listeningPort(server), close: () => close(server) }
}

function servedOf(probes: Probes, texts: StatusTexts | undefined): Served {
  const probed = probeRoutes(probes)
  if (texts === undefined) return { routes: { exact: new Map(probed), below: new Map() }, stream: undefined }
  const { exact, below } = pageRoutes(texts)
  return {
    routes: { exact: new Map([...exact, ...probed]), below },
    stream: new EventStream(texts),
  }
}

async function reply(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  // A client that goes away is no fault of ours, and without a listener its error would end the process.
  response.on('error', () => undefined)
  const [path = ''] = (request.url ?? '').split('?')
  const { stream } = served
  if (path === STREAM_PATH && stream !== undefined && request.method === 'GET' && !stream.isFull) {
    stream.add(response)
    return
  }
  const answer = await answerTo(request.method, path, served).catch(() => FAILED)
  send(response, answer, request.method === 'HEAD')
}

function send(response: ServerResponse, answer: Answer, isHead: boolean): void {
  const { status, contentType, body, headers } = answer
  response.writeHead(status, {
    ...SAFETY_HEADERS,
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(isHead ? undefined : body)
}

async function answerTo(method: string | undefined, path: string, served: Served): Promise<Answer> {
  const isStream = path === STREAM_PATH && served.stream !== undefined
  const found = isStream ? undefined : findRoute(path, served.routes)
  if (found === undefined && !isStream) return NOT_FOUND
  if (method !== 'GET' && (method !== 'HEAD' || isStream)) return ONLY_READ
  return found === undefined ? TOO_MANY_READERS : ((await found.route(found.rest)) ?? NOT_FOUND)
}

function findRoute(path: string, { exact, below }: Routes): { route: Route; rest: string } | undefined {
  const route = exact.get(path)
  if (route !== undefined) return { route, rest: '' }
  for (const [start, routeBelow] of below) {
    const rest = path.startsWith(start) ? decoded(path.slice(start.length)) : undefined
    if (rest !== undefined) return { route: routeBelow, rest }
  }
  return undefined
}

/** Undefined for what is no text when decoded. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
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
