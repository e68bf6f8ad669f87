const COUNT = new Intl.NumberFormat('en-US')
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

export const UNKNOWN = '–'

/** Every digit: counts here are compared with those of the metrics. */
export function count(value) {
  return value === undefined ? UNKNOWN : COUNT.format(value)
}

/** A share in per cent that never says 100 if anything is missing. */
export function share(value) {
  if (value === undefined) return UNKNOWN
  if (value === 1 || value === 0) return `${value * 100} %`
  for (let digits = 1; digits <= 6; digits++) {
    const text = (value * 100).toFixed(digits)
    if (Number(text) < 100 && Number(text) > 0) return `${text} %`
  }
  return value < 0.5 ? 'below 0.000001 %' : 'above 99.999999 %'
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
]

/** A length of time in its two largest units. */
export function seconds(value) {
  if (value === undefined) return UNKNOWN
  if (value < 1) return '0 s'
  const largest = UNITS.findIndex(([, size]) => value >= size)
  let rest = Math.round(value)
  return UNITS.slice(largest, largest + 2)
    .map(([unit, size]) => {
      const whole = Math.floor(rest / size)
      rest -= whole * size
      return [whole, unit]
    })
    .filter(([whole], index) => whole > 0 || index === 0)
    .map(([whole, unit]) => `${whole} ${unit}`)
    .join(' ')
}

export function clock(ms) {
  return CLOCK.format(ms)
}

export function moment(ms) {
  return DAY.format(ms)
}

/** A moment and how long ago it was. */
export function ago(ms, nowMs) {
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString()
  return `${isToday ? clock(ms) : moment(ms)} (${seconds(Math.max(0, nowMs - ms) / 1000)} ago)`
}

export const STATE_NAMES = {
  broken: 'Broken',
  at_risk: 'At risk',
  unknown: 'Unknown',
  warming_up: 'Warming up',
  kept: 'Kept',
}

export const STATUS_NAMES = {
  ok: 'Ok',
  warning: 'Warning',
  breached: 'Breached',
  warming_up: 'Warming up',
  unknown: 'Unknown',
  not_applied: 'Not applied',
}

/** The state that a status looks like. */
export const STATE_OF_STATUS = {
  ok: 'kept',
  warning: 'at_risk',
  breached: 'broken',
  warming_up: 'warming_up',
  unknown: 'unknown',
  not_applied: 'at_risk',
}
