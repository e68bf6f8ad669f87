import { ArrivalClock } from '../../src/lag/arrival.ts'
import { LogLooks } from '../../src/lag/log-looks.ts'
import { watermarkMs } from '../../src/lag/watermark.ts'
import type { VolumeCheck } from '../../src/model/contract.ts'
import { VolumeWindows } from '../../src/stream/volume.ts'
import type { WindowEvaluation } from '../../src/stream/volume.ts'

const SECOND_MS = 1000

/** A producer that writes to one partition, with the clock that it has. */
export interface Producer {
  /** Seconds between records; undefined for one that never writes. */
  readonly everyS: number | undefined
  /** How far its clock is ahead. */
  readonly aheadS: number
}

/** What happens to the process that judges. Seconds count from its start. */
export interface Play {
  readonly startMs: number
  readonly producers: readonly Producer[]
  readonly seconds: number
  /** When it judges nothing, though its timer goes on. */
  readonly stalls: readonly { readonly fromS: number; readonly forS: number }[]
  /** From when on nothing is written any more. */
  readonly silentFromS?: number
}

/** One partition's log and how far it was read. */
class Partition {
  readonly timestamps: number[] = []
  lastZeroMs: number | undefined
  lastArrivalMs: number | undefined
  readonly #clock = new ArrivalClock()
  readonly #looks = new LogLooks()
  #position = 0

  look(nowMs: number): void {
    this.#looks.observe(this.timestamps.length, nowMs)
    if (this.#position === this.timestamps.length) this.lastZeroMs = nowMs
  }

  judge(nowMs: number, count: (arrivalMs: number) => void, most: number): void {
    const end = Math.min(this.timestamps.length, this.#position + most)
    for (; this.#position < end; this.#position++) {
      this.#looks.moveTo(this.#position)
      const { afterMs, beforeMs } = this.#looks
      const timestampMs = this.timestamps[this.#position] as number
      const earliestMs = Math.max(this.lastZeroMs ?? -Infinity, afterMs)
      this.lastArrivalMs = this.#clock.arrivalMs(timestampMs, earliestMs, Math.min(nowMs, beforeMs))
      count(this.lastArrivalMs)
    }
    this.look(nowMs)
  }
}

/** Plays a topic second by second, with a tick every ten, and gives what became of the windows of volume. */
export function playVolume(check: VolumeCheck, play: Play): WindowEvaluation[] {
  const { startMs, producers, seconds, stalls, silentFromS = Infinity } = play
  const windows = new VolumeWindows(check, startMs)
  const partitions = producers.map(() => new Partition())
  const seen: WindowEvaluation[] = []
  for (let second = 1; second <= seconds; second++) {
    const nowMs = startMs + second * SECOND_MS
    producers.forEach(({ everyS, aheadS }, index) => {
      const writes =
        everyS !== undefined && second % everyS === Math.floor(everyS / 2) && second < silentFromS
      if (writes) partitions[index]?.timestamps.push(nowMs + aheadS * SECOND_MS)
    })
    const isStalled = stalls.some(({ fromS, forS }) => second >= fromS && second < fromS + forS)
    if (!isStalled) for (const partition of partitions) partition.judge(nowMs, (ms) => windows.count(ms), 20)
    if (second % 10 !== 0) continue
    for (const partition of partitions) partition.look(nowMs)
    seen.push(...windows.close(watermarkMs(partitions), nowMs))
  }
  return seen
}
