import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'

const SERVER = join(import.meta.dirname, '../../node_modules/yaml-language-server/bin/yaml-language-server')

/** What an editor shows under a wavy line. Lines and characters count from 0. */
export interface Diagnostic {
  readonly message: string
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly uri?: string; readonly diagnostics?: readonly Diagnostic[] }
  readonly result?: unknown
}

/** The YAML language server that editors use, as a child process that speaks the Language Server Protocol over its streams. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #waiting: { matches: (message: Message) => boolean; resolve: (message: Message) => void }[] = []
  #received = Buffer.alloc(0)
  #lastId = 0

  constructor() {
    this.#process = spawn(process.execPath, [SERVER, '--stdio'])
    this.#process.stdout.on('data', (chunk: Buffer) => this.#receive(chunk))
  }

  async start(folder: string): Promise<void> {
    const rootUri = `file://${folder}`
    await this.#request('initialize', {
      processId: process.pid,
      rootUri,
      capabilities: { textDocument: { hover: { contentFormat: ['markdown'] }, publishDiagnostics: {} } },
    })
    this.#notify('initialized', {})
  }

  /** Opens a document and waits for what the server finds wrong with it. */
  async open(uri: string, text: string): Promise<readonly Diagnostic[]> {
    const found = this.#wait(({ method, params }) => {
      return method === 'textDocument/publishDiagnostics' && params?.uri === uri
    })
    this.#notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } })
    return (await found).params?.diagnostics ?? []
  }

  /** What an editor shows when the mouse rests on a place, as one text. */
  async hover(uri: string, line: number, character: number): Promise<string> {
    const result = await this.#request('textDocument/hover', at(uri, line, character))
    return JSON.stringify(result)
  }

  /** What an editor offers at a place: what would be written, with its documentation. */
  async complete(uri: string, line: number, character: number): Promise<ReadonlyMap<string, string>> {
    const result = (await this.#request('textDocument/completion', at(uri, line, character))) as {
      items: { label: string; documentation?: unknown }[]
    }
    return new Map(
      result.items.map(({ label, documentation }) => [label, JSON.stringify(documentation ?? '')]),
    )
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.kill()
    await ended
  }

  async #request(method: string, params: object): Promise<unknown> {
    this.#lastId += 1
    const id = this.#lastId
    const answer = this.#wait((message) => message.id === id && message.method === undefined)
    this.#send({ id, method, params })
    return (await answer).result
  }

  #notify(method: string, params: object): void {
    this.#send({ method, params })
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  #wait(matches: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => this.#waiting.push({ matches, resolve }))
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (let message = this.#take(); message; message = this.#take()) this.#dispatch(message)
  }

  #take(): Message | undefined {
    const headerEnd = this.#received.indexOf('\r\n\r\n')
    const length = /Content-Length: (\d+)/.exec(
      this.#received.toString('latin1', 0, Math.max(0, headerEnd)),
    )?.[1]
    if (length === undefined) return undefined
    const start = headerEnd + 4
    const end = start + Number(length)
    if (this.#received.length < end) return undefined
    const message = JSON.parse(this.#received.toString('utf8', start, end)) as Message
    this.#received = this.#received.subarray(end)
    return message
  }

  /** The server asks for its settings and waits for them. */
  #dispatch(message: Message): void {
    if (message.id !== undefined && message.method !== undefined) {
      const result =
        message.method === 'workspace/configuration'
          ? [{ validate: true, hover: true, completion: true }, {}, {}, {}, {}]
          : null
      this.#send({ id: message.id, result })
    }
    const index = this.#waiting.findIndex(({ matches }) => matches(message))
    if (index !== -1) this.#waiting.splice(index, 1)[0]?.resolve(message)
  }
}

function at(uri: string, line: number, character: number): object {
  return { textDocument: { uri }, position: { line, character } }
}
