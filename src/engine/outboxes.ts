import type { Notice } from '../model/notice.ts'
import type { Announcer } from '../ports/announcer.ts'
import type { Log } from '../ports/log.ts'
import { messageOf } from './message-of.ts'

/** Notices that are kept for an announcer that takes none: past that, the oldest are given up. */
const MOST_KEPT = 200

interface KeptNotice {
  readonly notice: Notice
  readonly atMs: number
}

/** Notices on their way: each goes to every announcer once, and waits where that can't be. */
export class Outboxes {
  readonly #boxes: readonly { readonly announcer: Announcer; readonly kept: KeptNotice[] }[]
  readonly #log: Log

  constructor(announcers: readonly Announcer[], log: Log) {
    this.#boxes = announcers.map((announcer) => ({ announcer, kept: [] }))
    this.#log = log
  }

  /** @param except an announcer that has told them already */
  put(notices: readonly Notice[], atMs: number, except?: string): void {
    for (const { announcer, kept } of this.#boxes) {
      if (announcer.name === except) continue
      kept.push(...notices.map((notice) => ({ notice, atMs })))
    }
  }

  /**
   * Delivers what waits, but not by way of these.
   *
   * @returns whether nothing waits any more. Never rejects.
   */
  async deliver(except: ReadonlySet<string>): Promise<boolean> {
    for (const { announcer, kept } of this.#boxes) {
      if (!except.has(announcer.name)) await this.#deliverBy(announcer, kept)
      this.#giveUp(announcer, kept)
    }
    return this.#boxes.every(({ kept }) => kept.length === 0)
  }

  /** Of what still waits. However many there are at once, an announcer that takes them is offered all. */
  #giveUp(announcer: Announcer, kept: KeptNotice[]): void {
    const lost = kept.splice(0, Math.max(0, kept.length - MOST_KEPT)).length
    if (lost === 0) return
    this.#log.error('Changes of status were not told, for too many wait', { announcer: announcer.name, lost })
  }

  async #deliverBy(announcer: Announcer, kept: KeptNotice[]): Promise<void> {
    try {
      for (let next = kept[0]; next !== undefined; next = kept[0]) {
        await announcer.announce(next.notice, next.atMs)
        kept.shift()
      }
    } catch (error) {
      this.#log.error('A change of status could not be told yet', {
        announcer: announcer.name,
        waiting: kept.length,
        error: messageOf(error),
      })
    }
  }
}
