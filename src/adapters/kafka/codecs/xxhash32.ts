const PRIME_1 = 0x9e3779b1
const PRIME_2 = 0x85ebca77
const PRIME_3 = 0xc2b2ae3d
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1

const STRIPE_BYTES = 16

/** xxHash32 with seed 0 (the xxHash specification, "XXH32 algorithm description"), which the LZ4 frame format uses for its checksums. An unsigned 32-bit number. */
export function xxhash32(bytes: Buffer): number {
  const stripesEnd = bytes.length - (bytes.length % STRIPE_BYTES)
  let hash = (stripesEnd > 0 ? hashStripes(bytes, stripesEnd) : PRIME_5) + bytes.length
  let at = stripesEnd
  for (; at + 4 <= bytes.length; at += 4) {
    hash = Math.imul(rotateLeft(hash + Math.imul(bytes.readUInt32LE(at), PRIME_3), 17), PRIME_4)
  }
  for (; at < bytes.length; at += 1) {
    hash = Math.imul(rotateLeft(hash + Math.imul(bytes.readUInt8(at), PRIME_5), 11), PRIME_1)
  }
  return avalanche(hash)
}

function hashStripes(bytes: Buffer, end: number): number {
  let lane1 = (PRIME_1 + PRIME_2) | 0
  let lane2 = PRIME_2 | 0
  let lane3 = 0
  let lane4 = -PRIME_1 | 0
  for (let at = 0; at < end; at += STRIPE_BYTES) {
    lane1 = round(lane1, bytes.readUInt32LE(at))
    lane2 = round(lane2, bytes.readUInt32LE(at + 4))
    lane3 = round(lane3, bytes.readUInt32LE(at + 8))
    lane4 = round(lane4, bytes.readUInt32LE(at + 12))
  }
  return rotateLeft(lane1, 1) + rotateLeft(lane2, 7) + rotateLeft(lane3, 12) + rotateLeft(lane4, 18)
}

function round(lane: number, word: number): number {
  return Math.imul(rotateLeft((lane + Math.imul(word, PRIME_2)) | 0, 13), PRIME_1)
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

function avalanche(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  mixed = Math.imul(mixed ^ (mixed >>> 13), PRIME_3)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
