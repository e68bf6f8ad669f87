import type { Notice } from '../model/notice.ts'

/** Where notices go. */
export interface Announcer {
  readonly name: string
  /** Resolves when the notice has left this process. Rejects when it has not: the caller keeps it and offers it again. */
  announce(notice: Notice, atMs: number): Promise<void>
}
