/** The signed integer behind an unsigned one: non-negative ones are the even numbers, negative ones the odd. A bigint only beyond ±(2^53 − 1). */
export function zigzag(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  return narrowed((value & 1n) === 0n ? value >> 1n : -((value + 1n) >> 1n))
}

/** The same integer as a number, where that is exact. */
export function narrowed(value: bigint): number | bigint {
  const isSafe = value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
  return isSafe ? Number(value) : value
}
