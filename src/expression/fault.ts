import jsonata from '#jsonata-sync'
import { DATA_CAUSED_CODES } from './data-caused.ts'
import { ExpressionFault } from './expression-fault.ts'
import { placeOf } from './place.ts'
import { type Thrown, toThrown } from './thrown.ts'

/** Longer texts of $error() and $assert() are cut. */
const MAX_MESSAGE_LENGTH = 500

/** Templates of our own, where upstream has none or its own leaves the reader alone. `{{field}}` stands for a field of what was thrown. */
const MESSAGES: Readonly<Record<string, string>> = {
  T0410: 'Argument {{index}} of ${{token}} has the wrong type: {{value}}',
  T0411: 'The context value, argument {{index}} of ${{token}}, has the wrong type: {{value}}',
  T0412: 'Argument {{index}} of ${{token}} must be an array of {{type}}',
  T2001: 'The left side of {{token}} must be a number, but is {{value}}',
  T2002: 'The right side of {{token}} must be a number, but is {{value}}',
  T2009: 'The two sides of {{token}} must have the same type, but are {{value}} and {{value2}}',
  T2010: 'Both sides of {{token}} must be numbers or strings, but one is {{value}}',
  D1011: 'The expression nests too deeply, or calls itself without end',
  D1012: 'The evaluation took longer than {{value}} milliseconds',
  D2015: 'A list became longer than {{value}} items',
  D3030: '{{value}} can not be read as a number',
  D3110: '$toMillis needs an ISO 8601 timestamp, but has {{value}} of another form',
  EXPRESSION_STRING_TOO_LONG: 'A string became longer than the limit',
  EXPRESSION_OUTSIDE_COPY: 'A transform tried to change something outside of its own copy of the event',
  EXPRESSION_YIELDS_FUNCTION: 'The value of the expression is a function: call it',
  EXPRESSION_INTERNAL: 'JSONata could not evaluate the expression: {{message}}',
}

/** Fields that hold no data of the event: they are shown as they are, all others only by their type. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set(['index', 'token', 'type', 'functionName', 'message'])

/** Codes whose `value` is a limit or a size. */
const CODES_WITH_SIZES: ReadonlySet<string> = new Set(['D1012', 'D2014', 'D2015'])

/** The fault for anything that an evaluation threw. */
export function toFault(thrown: unknown, source: string): ExpressionFault {
  const coded = toThrown(thrown)
  const { position, token } = coded.origin ?? coded
  return new ExpressionFault({
    code: coded.code,
    message: messageOf({ ...coded, token }),
    position: position === undefined ? undefined : placeOf(source, position, token).offset,
    jsonataPosition: coded.position,
    jsonataToken: coded.token,
    dataCaused: DATA_CAUSED_CODES.has(coded.code),
  })
}

function messageOf(thrown: Thrown): string {
  const template = MESSAGES[thrown.code] ?? jsonata.messages[thrown.code] ?? '{{message}}'
  const filled = template.replaceAll(/\{\{\{?(\w+)\}?\}\}/g, (_, field: string) => show(thrown, field))
  return filled.slice(0, MAX_MESSAGE_LENGTH)
}

function show(thrown: Thrown, field: string): string {
  const value = thrown[field]
  const isShown = SHOWN_FIELDS.has(field) || CODES_WITH_SIZES.has(thrown.code)
  // Expressions can hand anything to $error() by way of partial application.
  return isShown && Object(value) !== value ? String(value) : describeType(value)
}

function describeType(value: unknown): string {
  if (value === undefined) return 'no value'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (jsonata.isFunction(value)) return 'a function'
  if (typeof value === 'object') return 'an object'
  return `a ${typeof value}`
}
