const MIN_MATCH_BYTES = 4
const HASH_BITS = 13
/** LZ4 wants the last five bytes of a block as literals, and no match that starts in its last twelve; Snappy does not mind. */
const TAIL_LITERAL_BYTES = 5
const TAIL_MATCH_BYTES = 12

/** A repetition: `length` bytes at `start` that also stand `distance` bytes earlier. */
export interface Match {
  readonly start: number
  readonly distance: number
  readonly length: number
}

/**
 * Finds repetitions in a block of at most 64 KiB, from front to back and never overlapping: greedy, with one remembered place per hash,
 * as the fast modes of LZ4 and Snappy do.
 */
export function* findMatches(block: Buffer): Generator<Match> {
  const lastPlaces = new Uint16Array(1 << HASH_BITS)
  const searchEnd = block.length - TAIL_MATCH_BYTES
  let at = 1
  while (at < searchEnd) {
    const word = block.readUInt32LE(at)
    const hash = Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS)
    const candidate = lastPlaces[hash] ?? 0
    lastPlaces[hash] = at
    if (candidate < at && block.readUInt32LE(candidate) === word) {
      const length = matchLength(block, candidate, at)
      yield { start: at, distance: at - candidate, length }
      at += length
    } else {
      at += 1
    }
  }
}

function matchLength(block: Buffer, earlier: number, later: number): number {
  const limit = block.length - TAIL_LITERAL_BYTES - later
  let length = MIN_MATCH_BYTES
  while (length < limit && block[earlier + length] === block[later + length]) length += 1
  return length
}
