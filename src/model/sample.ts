import type { MetricName } from '../telemetry/catalogue.ts'

/** Tags as name and value; the order is that of the catalogue. */
export type Tags = Readonly<Record<string, string>>

/** What is sent at a flush for one series: a count's growth since the last flush, a gauge's value, or the values of a distribution. */
export type Sample =
  | { readonly type: 'count'; readonly name: MetricName; readonly tags: Tags; readonly value: number }
  | { readonly type: 'gauge'; readonly name: MetricName; readonly tags: Tags; readonly value: number }
  | {
      readonly type: 'distribution'
      readonly name: MetricName
      readonly tags: Tags
      readonly values: readonly number[]
    }
