import type { Tags } from './sample.ts'

/** How an event of Datadog is shown. */
export const ALERT_TYPES = ['error', 'warning', 'info', 'success'] as const
export type AlertType = (typeof ALERT_TYPES)[number]

/** A change of status in words: one event and one log line. All texts are printable ASCII, with line breaks in `text` only. */
export interface Notice {
  readonly title: string
  readonly text: string
  /** The same for all changes of one subject, so that they are shown as one story. */
  readonly aggregationKey: string
  readonly alertType: AlertType
  /** The contract's, and those of the subject. */
  readonly tags: Tags
  /** For the log line, whose message is the title. What is not known is absent. */
  readonly fields: Readonly<Record<string, string | number | readonly string[]>>
}
