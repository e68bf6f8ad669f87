import type { Random } from './random.ts'

export const KEYS = ['a', 'b', 'c', 'd', 'e', 'k'] as const
const ODD_KEYS = ['length', 'toString', '__proto__', '0', 'sequence', 'and', 'x y']
export const TEXTS = [
  '',
  'a',
  'b',
  'abc',
  'Hello World',
  '12',
  '-3.5',
  '2025-01-31T10:00:00Z',
  'été',
  '😀x',
  'a,b,,c',
]

/** Random JSON, mostly objects and lists of a few keys, so that paths through it lead somewhere. */
export function randomJson(random: Random, depth = 4): unknown {
  const kind = depth <= 0 ? random.below(5) : random.below(12)
  switch (kind) {
    case 0:
      return random.pick([0, 1, 2, -1, 3.5, 10, 1e21, 0.1])
    case 1:
      return random.pick(TEXTS)
    case 2:
      return random.chance(0.5)
    case 3:
      return random.chance(0.5) ? null : random.below(5)
    case 4:
      return random.below(4)
    case 5:
    case 6:
    case 7:
      return random.list(4, () => randomJson(random, depth - 1))
    default:
      return randomObject(random, depth)
  }
}

function randomObject(random: Random, depth: number): unknown {
  const entries = random.list(5, () => {
    const key = random.chance(0.04) ? random.pick(ODD_KEYS) : random.pick(KEYS)
    return [key, randomJson(random, depth - 1)] as const
  })
  return JSON.parse(
    `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
  )
}
