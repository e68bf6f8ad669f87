import { STATUSES } from '../../model/status.ts'

/** What a count grew by over the time that is shown. */
export function overRange(selector: string): string {
  return `increase(${selector}[$__range])`
}

/** What a count grew by between two points of a chart. */
export function perStep(selector: string): string {
  return `increase(${selector}[$__rate_interval])`
}

/** A sum by labels. */
export function sumBy(labels: readonly string[], of: string): string {
  return labels.length === 0 ? `sum(${of})` : `sum by (${labels.join(', ')}) (${of})`
}

export function maxBy(labels: readonly string[], of: string): string {
  return labels.length === 0 ? `max(${of})` : `max by (${labels.join(', ')}) (${of})`
}

/** The status by labels; of several services that send one, a breach is what shows. */
export function statusBy(labels: readonly string[], status: string): string {
  return `${maxBy(labels, `${status} == ${STATUSES.indexOf('breached')}`)} or ${maxBy(labels, status)}`
}

/** The share of `part` in `all`: 0 where only `all` has series, nothing where nothing was judged. */
export function share(labels: readonly string[], part: string, all: string): string {
  const whole = sumBy(labels, all)
  return `(${sumBy(labels, part)} or ${whole} * 0) / (${whole} > 0)`
}
