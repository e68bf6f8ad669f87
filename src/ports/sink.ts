import type { Sample, Tags } from '../model/sample.ts'

/** Where metrics go. */
export interface Sink {
  readonly name: string
  /**
   * Hands samples over and resolves when they have left this process (the send callback was seen). Rejects when they have not: the
   * caller keeps them and offers them again, merged with later ones.
   */
  send(samples: readonly Sample[]): Promise<void>
  /**
   * Shows counts that are 0 from now on, where a series costs nothing: how much a count grew is seen only by whoever has read it before.
   */
  begin?(zeros: readonly Sample[]): void
  /** Forgets the series, known by their tags, of rules that are gone, where it remembers series at all. They may come again. */
  keepOnly?(isCurrent: (tags: Tags) => boolean): void
  /** Releases the socket. Nothing is sent after it. */
  close(): Promise<void>
}
