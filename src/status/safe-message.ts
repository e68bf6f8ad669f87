/** Codes whose message is a text that the expression or the machine made, of values of the event perhaps: $error, $assert, others. */
const CODES_WITH_OWN_TEXT: ReadonlySet<string> = new Set(['D3137', 'D3141', 'EXPRESSION_INTERNAL'])

const MAX_MESSAGE = 300

/** A verdict's message without values of the event. */
export function safeMessage(message: string, code: string | undefined): string {
  if (code !== undefined && CODES_WITH_OWN_TEXT.has(code)) {
    return 'the expression ended with a text of its own, which is not shown: it may hold values of the event'
  }
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE)}…`
}
