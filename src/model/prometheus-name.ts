/** Bounds of the buckets of durations, in seconds: from one cheap rule to a rule that burns its whole budget. */
export const DURATION_BUCKETS: readonly number[] = [
  0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3,
]

const SUFFIXES = { count: '_total', gauge: '', distribution: '_seconds' } as const

/** What Prometheus calls a metric of the catalogue: `dq.rule.evaluations` is `dq_rule_evaluations_total`. */
export function prometheusName(name: string, type: keyof typeof SUFFIXES): string {
  return `${name.replaceAll('.', '_')}${SUFFIXES[type]}`
}

/** What Prometheus calls a tag. */
export function prometheusLabel(tag: string): string {
  return tag.replaceAll(/[^a-zA-Z0-9_]/g, '_')
}
