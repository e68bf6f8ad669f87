/** What a rule can see of a record besides the event, as `$key` and so on. */
export const EVENT_VARIABLES = ['key', 'headers', 'topic', 'partition', 'offset', 'timestamp'] as const
export type EventVariable = (typeof EVENT_VARIABLES)[number]

export function isEventVariable(name: string): name is EventVariable {
  return EVENT_VARIABLES.some((variable) => variable === name)
}

/** The surroundings of one evaluation. */
export interface EvaluationContext {
  /** What $now() and $millis() show, frozen for the event: milliseconds since the epoch. */
  readonly nowMs: number
  /** Called before the evaluation, for the variables that the expression refers to and for no others. */
  variable(name: EventVariable): unknown
}
