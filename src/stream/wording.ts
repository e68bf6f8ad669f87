const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
  { name: 'ms', ms: 1 },
] as const
/** Signs of ordinary text that ASCII has in another form. */
const PLAIN_SIGNS: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u00df': 'ss',
  '\u20ac': 'EUR',
}

/** A length of time in its two largest units: `1 h 30 min`, `15 min`, `250 ms`. */
export function durationText(ms: number): string {
  const first = UNITS.findIndex((unit) => ms >= unit.ms)
  if (first < 0) return '0 s'
  const [large, small] = UNITS.slice(first) as [(typeof UNITS)[number], (typeof UNITS)[number] | undefined]
  const whole = Math.floor(ms / large.ms)
  const rest =
    small?.name === 'ms' || small === undefined ? 0 : Math.floor((ms - whole * large.ms) / small.ms)
  return rest === 0 ? `${whole} ${large.name}` : `${whole} ${large.name} ${rest} ${small?.name}`
}

/** A share in per cent with three digits: `11.4%`, `0.1%`. What is not all is never 100. */
export function percentText(share: number): string {
  const percent = Number((share * 100).toPrecision(3))
  return `${share < 1 && percent >= 100 ? '99.9' : percent}%`
}

/** A moment in UTC, to the second. */
export function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** A number of things in words. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** One line of printable ASCII: accents are taken off letters, and what ASCII has nothing for is a question mark. */
export function asciiLine(text: string, maxLength: number): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]/gu, (sign) => PLAIN_SIGNS[sign] ?? '?')
    .trim()
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 3)}...`
}
