import { Fault } from '../../errors/fault.ts'
import type { Answer } from './transport.ts'

const LONGEST_EXCERPT = 500

/** What Datadog did not take: with the status, so that callers may know what is missing. */
export class Refusal extends Fault {
  readonly status: number

  constructor(code: ConstructorParameters<typeof Fault>[0], message: string, hint: string, status: number) {
    super(code, message, hint)
    this.status = status
  }
}

/** The fault that an answer tells, or undefined if all is well. */
export function refusalOf(
  method: string,
  answer: Answer,
  hide: (text: string) => string,
): Refusal | undefined {
  const { status, body, text } = answer
  if (status >= 200 && status < 300)
    return isReadable(method, answer) ? undefined : unreadable(method, answer, hide)
  const said = hide(body === undefined ? text : JSON.stringify(body)).slice(0, LONGEST_EXCERPT)
  const message = `Datadog refused ${method} (${status}): ${said}`
  if (status === 401 || status === 403) {
    const hint =
      'Check DD_API_KEY, DD_APP_KEY and DD_SITE: keys are known to one site alone. Where only some requests are refused, the application key lacks a scope: the page on applying lists which is for what.'
    return new Refusal('DATADOG_FORBIDDEN', message, hint, status)
  }
  if (status === 429 || status >= 500) {
    const hint = 'What was applied before stays. Run the command again later: it goes on with what is left.'
    return new Refusal('DATADOG_UNAVAILABLE', message, hint, status)
  }
  if (status < 400) return unreadable(method, answer, hide)
  const hint = 'What was applied before stays. Run the command again: it goes on with what is left.'
  return new Refusal('DATADOG_REFUSED', message, hint, status)
}

/** Removing says nothing, and everything else answers in JSON: a page of some proxy must not pass for an empty list. */
function isReadable(method: string, { body, text }: Answer): boolean {
  return body !== undefined || (text.trim() === '' && method.startsWith('delete'))
}

/** An answer that is not one of Datadog's API. */
export function unreadable(
  method: string,
  { status, text }: Answer,
  hide: (text: string) => string,
): Refusal {
  const excerpt = text.trim() === '' ? 'nothing' : hide(text).slice(0, 100)
  return new Refusal(
    'DATADOG_ANSWER_UNREADABLE',
    `the answer to ${method} (${status}) is not one of Datadog’s API: ${excerpt}`,
    'Check DD_SITE and --api-url, and whether a proxy answers in place of Datadog. Nothing is done on such an answer.',
    status,
  )
}
