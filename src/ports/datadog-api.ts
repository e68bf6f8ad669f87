/** What Datadog keeps for us, in the order in which it is made: later kinds may refer to earlier ones. */
export const REMOTE_KINDS = [
  'metadata',
  'tags',
  'slo',
  'monitor',
  'notificationRule',
  'dashboard',
  'entity',
] as const
export type RemoteKind = (typeof REMOTE_KINDS)[number]

/** What describes a metric stays with it. */
export type RemovableKind = Exclude<RemoteKind, 'metadata'>

export type RemoteBody = Readonly<Record<string, unknown>>

/** One of our things as Datadog has it: the body that it was made with, and what was added to it there. */
export interface RemoteObject {
  /** Of Datadog; for metrics their name. */
  readonly id: string
  readonly body: RemoteBody
}

/**
 * Datadog's API, as far as applying needs it. All methods reject with Fault DATADOG_REFUSED for what Datadog does not take; with
 * DATADOG_FORBIDDEN, DATADOG_UNAVAILABLE, DATADOG_UNREACHABLE, DATADOG_ANSWER_UNREADABLE or DATADOG_INTERRUPTED where more requests
 * would fare no better.
 */
export interface DatadogApi {
  /** All with our mark; of entities and notification rules also those of others. Metrics can't be marked: those of the names are looked up. */
  list(kind: RemoteKind, names: readonly string[]): Promise<readonly RemoteObject[]>
  /**
   * Makes a thing, and resolves with its id; undefined if it is about a metric that Datadog has not seen yet.
   *
   * @param name of the metric, for kinds that belong to one
   */
  create(kind: RemoteKind, body: RemoteBody, name: string): Promise<string | undefined>
  update(kind: RemoteKind, id: string, body: RemoteBody): Promise<void>
  /** What is gone already is no fault. */
  remove(kind: RemovableKind, id: string): Promise<void>
}
