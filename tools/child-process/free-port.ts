import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'

const LOOPBACK = '127.0.0.1'

/**
 * Ports on the loopback address that were free a moment ago. Somebody else may take one before its user binds it: callers start again
 * with new ports when that happens.
 */
export async function freePorts(count: number): Promise<number[]> {
  // All are held at once before any is let go, so that no port is given twice.
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => closed(server)))
  return ports
}

async function listenAnywhere(): Promise<Server> {
  const server = createServer().listen(0, LOOPBACK)
  await once(server, 'listening')
  return server
}

async function closed(server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}
