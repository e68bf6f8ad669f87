import type { ServerResponse } from 'node:http'
import { json, SAFETY_HEADERS } from './answer.ts'
import type { Answer } from './answer.ts'

/** Pages that may be open at one time, and news in a row that one of them may leave unread. */
const MAX_READERS = 64
const MAX_UNREAD = 3
/** Between news something must come, or what is in between takes the connection for dead. */
const PING_INTERVAL_MS = 15_000
const RETRY_MS = 3000

/** Where news come from: each on one line. */
export interface NewsSource {
  /** Those of the last flush. */
  news(): string
  /** Calls `listener` with those of each flush until the returned function is called. */
  subscribe(listener: (news: string) => void): () => void
}

/** Too many are there already; the page asks again later. */
export const TOO_MANY_READERS: Answer = {
  ...json(503, { status: 'unavailable', reason: `${MAX_READERS} pages are open already` }),
  headers: { 'retry-after': '30' },
}

/**
 * Tells open pages what is new (server-sent events). Who does not read in time misses news, notices it by the number of the flush and asks
 * for everything anew; who stops reading is let go. So no page ever costs more memory than one piece of news.
 */
export class EventStream {
  readonly #source: NewsSource
  readonly #readers = new Map<ServerResponse, { unread: number }>()
  #unsubscribe: (() => void) | undefined
  #pings: NodeJS.Timeout | undefined

  constructor(source: NewsSource) {
    this.#source = source
  }

  get isFull(): boolean {
    return this.#readers.size >= MAX_READERS
  }

  /**
   * Takes in a page. The answer ends when the page goes away. It begins with the last news: a flush between the page's question for
   * everything and this one is noticed at once, not with the next flush.
   */
  add(response: ServerResponse): void {
    response.writeHead(200, {
      ...SAFETY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    })
    response.write(`retry: ${RETRY_MS}\n\n${eventOf(this.#source.news())}`)
    this.#readers.set(response, { unread: 0 })
    response.once('close', () => this.#remove(response))
    response.once('error', () => this.#remove(response))
    this.#unsubscribe ??= this.#source.subscribe((news) => this.#send(eventOf(news)))
    this.#pings ??= setInterval(() => this.#send(': still here\n\n'), PING_INTERVAL_MS).unref()
  }

  #send(text: string): void {
    for (const [response, reader] of this.#readers) {
      if (!response.writableNeedDrain) {
        reader.unread = 0
        response.write(text)
      } else if (++reader.unread >= MAX_UNREAD) response.destroy()
    }
  }

  #remove(response: ServerResponse): void {
    this.#readers.delete(response)
    if (this.#readers.size > 0) return
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
    clearInterval(this.#pings)
    this.#pings = undefined
  }
}

function eventOf(news: string): string {
  return `event: news\ndata: ${news}\n\n`
}
