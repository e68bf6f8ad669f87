import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { RegistryConfig } from './config.ts'

/** No schema is larger; what is, is no answer of a registry. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

/** What came back. */
export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/** Sends GET requests over a few connections that are kept. */
export class Requests {
  readonly #config: RegistryConfig
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: 8 })
  readonly #https: HttpsAgent

  constructor(config: RegistryConfig) {
    this.#config = config
    const { ca, cert, key } = config.tls
    this.#https = new HttpsAgent({
      keepAlive: true,
      maxSockets: 8,
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert, key }),
    })
  }

  /** Rejects when no whole answer is there in time. */
  async get(url: string): Promise<HttpAnswer> {
    const signal = AbortSignal.timeout(this.#config.timeoutMs)
    try {
      const response = await this.#send(url, signal)
      return { status: response.statusCode ?? 0, body: await bodyOf(response) }
    } catch (error) {
      // Node names the deadline in one way before the headers, and in another after them.
      throw signal.aborted ? new Error('no answer in time', { cause: error }) : error
    }
  }

  #send(url: string, signal: AbortSignal): Promise<IncomingMessage> {
    const { authorization } = this.#config
    const isTls = url.startsWith('https:')
    const headers = {
      accept: 'application/vnd.schemaregistry.v1+json, application/json',
      'user-agent': 'assay',
      ...(authorization === undefined ? {} : { authorization }),
    }
    const options = { agent: isTls ? this.#https : this.#http, signal, headers }
    return new Promise((resolve, reject) => {
      const sent = isTls ? httpsRequest(url, options, resolve) : httpRequest(url, options, resolve)
      sent.on('error', reject)
      sent.end()
    })
  }

  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) throw new Error(`an answer of more than ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
