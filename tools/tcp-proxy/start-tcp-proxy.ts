import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { createRequestFilter } from './kafka-requests.ts'

/** Stands between a Kafka client and a broker on this machine, and does to their connections what networks do. */
export interface TcpProxy {
  /** The broker must advertise this port, or clients walk around the proxy after their first answer. */
  readonly port: number
  /** Names the broker's port. New connections are reset until it is called. */
  forwardTo(targetPort: number): void
  /** From now on connections are accepted, and whatever comes from either side vanishes. */
  blackhole(): void
  /** Ends a blackhole. What vanished in old connections can't be given back, so they are reset. */
  heal(): void
  /** Breaks all present connections with a TCP reset. New ones are accepted. */
  resetAll(): void
  /** Swallows requests with this api key (0 produce, 1 fetch, 3 metadata, 8 commit, 12 heartbeat …); undefined swallows none. */
  dropApiKey(apiKey: number | undefined): void
  readonly openConnections: () => number
  stop(): Promise<void>
}

interface ProxyState {
  targetPort: number | undefined
  isBlackhole: boolean
  droppedApiKey: number | undefined
  readonly pairs: Set<readonly [Socket, Socket]>
}

/** Starts a proxy on a free port of the loopback address. */
export async function startTcpProxy(targetPort?: number): Promise<TcpProxy> {
  const state: ProxyState = { targetPort, isBlackhole: false, droppedApiKey: undefined, pairs: new Set() }
  const server = createServer((client) => join(client, state)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...controls(state),
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      resetAll(state)
      server.close()
      await once(server, 'close')
    },
  }
}

function controls(state: ProxyState): Omit<TcpProxy, 'port' | 'stop'> {
  return {
    forwardTo: (targetPort) => void (state.targetPort = targetPort),
    blackhole: () => void (state.isBlackhole = true),
    heal: () => {
      state.isBlackhole = false
      resetAll(state)
    },
    resetAll: () => resetAll(state),
    dropApiKey: (apiKey) => void (state.droppedApiKey = apiKey),
    openConnections: () => state.pairs.size,
  }
}

function join(client: Socket, state: ProxyState): void {
  if (state.targetPort === undefined) {
    client.resetAndDestroy()
    return
  }
  const broker = connect(state.targetPort, '127.0.0.1')
  const pair = [client, broker] as const
  state.pairs.add(pair)
  const filter = createRequestFilter((apiKey) => apiKey === state.droppedApiKey)
  client.on('data', (chunk: Buffer) => !state.isBlackhole && broker.write(filter(chunk)))
  broker.on('data', (chunk: Buffer) => !state.isBlackhole && client.write(chunk))
  for (const socket of pair) {
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.once('close', () => {
      state.pairs.delete(pair)
      for (const other of pair) other.destroy()
    })
  }
}

function resetAll(state: ProxyState): void {
  for (const [client, broker] of state.pairs) {
    client.resetAndDestroy()
    broker.destroy()
  }
}
