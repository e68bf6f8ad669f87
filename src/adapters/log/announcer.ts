import type { Notice } from '../../model/notice.ts'
import type { Announcer } from '../../ports/announcer.ts'
import type { Log } from '../../ports/log.ts'

const LEVELS = { error: 'error', warning: 'warn', info: 'info', success: 'info' } as const

/** Notices as log lines: the title as the sentence, its facts as fields. Never rejects. */
export class LogAnnouncer implements Announcer {
  readonly name = 'log'
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  announce({ title, alertType, fields }: Notice): Promise<void> {
    this.#log[LEVELS[alertType]](title, fields)
    return Promise.resolve()
  }
}
