const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
/** Flush intervals without news after which they no longer count as live. */
const MISSED_FLUSHES = 3

/**
 * Keeps a store up to date: everything once, then the news of each flush. Where a flush was missed, everything anew.
 */
export class Live {
  constructor(store, onChange, onLoss) {
    this.store = store
    this.onChange = onChange
    this.onLoss = onLoss
    this.waitMs = FIRST_WAIT_MS
    this.asked = 0
  }

  async start() {
    try {
      await this.#load()
      this.#listen()
      this.waitMs = FIRST_WAIT_MS
    } catch {
      this.#tryAgain()
    }
  }

  /** Only the answer to the last question counts: those to two in a row may come in any order. */
  async #load() {
    const asked = ++this.asked
    const answer = await fetch('/api/v1/status', { headers: { accept: 'application/json' } })
    if (!answer.ok) throw new Error(`status ${answer.status}`)
    const all = await answer.json()
    if (asked !== this.asked) return
    this.store.setAll(all)
    this.onChange()
    this.#expectNews()
  }

  #listen() {
    this.events?.close()
    this.events = new EventSource('/api/v1/stream')
    this.events.addEventListener('news', ({ data }) => void this.#take(JSON.parse(data)))
    this.events.addEventListener('error', () => this.#tryAgain())
  }

  async #take(news) {
    const { store } = this
    if (news.flush === store.flush && news.ruleSet.hash === store.ruleSet.hash) return
    if (news.flush !== store.flush + 1 || news.ruleSet.hash !== store.ruleSet.hash)
      await this.#load().catch(() => this.#tryAgain())
    else {
      store.apply(news)
      this.onChange()
      this.#expectNews()
    }
  }

  #expectNews() {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.#tryAgain(), this.store.flushIntervalMs * MISSED_FLUSHES + 5000)
  }

  #tryAgain() {
    clearTimeout(this.silence)
    clearTimeout(this.retry)
    this.events?.close()
    this.onLoss()
    this.retry = setTimeout(() => void this.start(), this.waitMs)
    this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS)
  }
}
