import { fastify } from 'fastify'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** What the probes ask. */
export interface Probes {
  health(): { readonly live: boolean; readonly ready: boolean; readonly reason: string }
  metrics(): Promise<{ readonly body: string; readonly contentType: string }>
}

/** A listening server. */
export interface HttpServer {
  /** The port that was given, if 0 was asked for. */
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves `/healthz` (progress: 503 calls for a restart), `/readyz` (in the group, brokers in reach) and `/metrics`.
 *
 * @throws the socket's error if the address can't be listened on
 */
export async function startHttpServer(
  address: { host: string; port: number },
  probes: Probes,
): Promise<HttpServer> {
  const server = fastify({ logger: false, forceCloseConnections: true })
  server.get('/healthz', (_, reply) => {
    const { live, reason } = probes.health()
    return answer(reply, live, reason)
  })
  server.get('/readyz', (_, reply) => {
    const { ready, reason } = probes.health()
    return answer(reply, ready, reason)
  })
  server.get('/metrics', async (_, reply) => {
    const { body, contentType } = await probes.metrics()
    return reply.header('content-type', contentType).send(body)
  })
  await server.listen(address)
  return { port: listeningPort(server), close: () => server.close() }
}

function answer(reply: FastifyReply, isGood: boolean, reason: string): FastifyReply {
  return reply.code(isGood ? 200 : 503).send({ status: isGood ? 'ok' : 'unavailable', reason })
}

function listeningPort(server: FastifyInstance): number {
  const address = server.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
