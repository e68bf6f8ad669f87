/** A source of numbers that depend on the seed alone. Not for secrets. */
export interface Random {
  /** A whole number from 0 up to, but not including, `limit` (at most 2^32). */
  below(limit: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean
  /** 32 bits as eight hexadecimal digits. */
  hex8(): string
}

const TWO_TO_32 = 4_294_967_296

/** Marsaglia's 32-bit xorshift (Journal of Statistical Software 8(14), 2003): small, fast, and the same on every machine. */
export function createRandom(seed: number): Random {
  // 0 is the one state that the generator can't leave. Seeds that lie close together are spread by the first steps.
  let state = (Math.imul(seed, 0x9e3779b1) | 0) === 0 ? 1 : Math.imul(seed, 0x9e3779b1) | 0
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  const below = (limit: number) => Math.floor((next() / TWO_TO_32) * limit)
  return {
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    chance: (percent) => below(100) < percent,
    hex8: () => next().toString(16).padStart(8, '0'),
  }
}

/** A random UUID of version 4. */
export function uuid(random: Random): string {
  const [a, b, c, d] = [random.hex8(), random.hex8(), random.hex8(), random.hex8()]
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
}
