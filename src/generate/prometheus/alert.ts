import type { Scenario } from './scenario.ts'

export type AlertSeverity = 'critical' | 'warning' | 'info'

/** What an alert tells those whom it calls. Values are templates of Prometheus. */
export interface AlertTexts {
  /** What broke, in one line. */
  readonly summary: string
  /** The facts, and how to go on. */
  readonly description: string
  readonly producer?: string
  readonly relied_on_by?: string
  readonly runbook_url?: string
  /** What it means that the alert is resolved. */
  readonly recovery: string
}

/** One alert before it becomes YAML. */
export interface AlertDraft {
  readonly alert: string
  /** Name of the check, as in the tags of Datadog's monitors. */
  readonly check: string
  readonly expr: string
  /** How long it must hold. */
  readonly forMs: number
  readonly severity: AlertSeverity
  /** Beside severity and check: by these Alertmanager routes. */
  readonly labels: Readonly<Record<string, string>>
  readonly texts: AlertTexts
  readonly scenarios: readonly Scenario[]
}
