import jsonata from '#jsonata-sync'
import type { Thrown } from './thrown.ts'

interface Explanation {
  readonly message: string
  readonly hint: string
}

type Explain = (thrown: Thrown) => Explanation

const CHECK_SYNTAX =
  'Try the expression on a small event in the JSONata exerciser, or see the language at docs.jsonata.org.'

/** What a rule author needs to know of the mistakes that are made most. The others have JSONata's own text. */
const EXPLANATIONS: Readonly<Record<string, Explain>> = {
  S0101: () => ({
    message: 'a string has no closing quote',
    hint: 'Close it with the same kind of quote, and write \\" for a quote inside.',
  }),
  S0102: ({ token }) => ({
    message: `the number ${String(token)} is out of range`,
    hint: 'Use a number below 1.8e308.',
  }),
  S0103: ({ token }) => ({
    message: `the escape \\${String(token)} does not exist in a string`,
    hint: 'Write \\\\ for a backslash. A pattern with escapes belongs between slashes: /\\d+/.',
  }),
  S0105: () => ({ message: 'a quoted name has no closing backquote', hint: 'Close it: `name`.' }),
  S0106: () => ({ message: 'a comment has no end', hint: 'Close it with */.' }),
  S0201: ({ token }) => ({
    message: `${quote(token)} is not expected here`,
    hint: 'An operator is missing before it, or a bracket was closed too early.',
  }),
  S0202: ({ token, value }) => ({
    message: `${quote(value)} is expected here, not ${quote(token)}`,
    hint: `Close what was opened with ${quote(value)}, or remove ${quote(token)}.`,
  }),
  S0203: ({ value }) => ({
    message: `${quote(value)} is missing at the end`,
    hint: `Close what was opened with ${quote(value)}.`,
  }),
  S0207: () => ({
    message: 'the expression ends too early',
    hint: 'Write what belongs after the last operator.',
  }),
  S0211: ({ token }) => ({
    message: `${quote(token)} can not begin a value`,
    hint: 'A value is missing before it. To compare, write = (not ==); for both conditions, write and (not &&).',
  }),
  S0212: () => ({
    message: 'only a variable can stand to the left of :=',
    hint: 'Write $name := …; to compare, write =.',
  }),
  S0213: ({ value }) => ({
    message: `${quote(value)} can not be a step of a path`,
    hint: 'Write items[1] for the second item, and `1` in backquotes for a field of that name.',
  }),
  S0217: () => ({
    message: 'the parent that % asks for can not be known here',
    hint: 'Use % only after a path that leads down from the object whose parent is meant.',
  }),
  S0301: () => ({ message: 'the regular expression is empty', hint: 'Write a pattern between the slashes.' }),
  S0302: () => ({
    message: 'a regular expression has no closing slash',
    hint: 'Close it with /, and write \\/ for a slash inside.',
  }),
  D1011: () => ({
    message: 'the expression nests too deeply',
    hint: 'Join many alternatives with a list (x in [a, b, c]), many conditions in rules of their own, or bind parts to variables.',
  }),
  EXPRESSION_REGEX: ({ message, token }) => ({
    message: `${String(token)} is not a regular expression: ${String(message).replace(/^.*\/[a-z]*: /, '')}`,
    hint: 'Mend the pattern; write a backslash before a character that is meant as it is.',
  }),
}

/** Says in English what the parser refused, and what to do about it. */
export function explainSyntax(thrown: Thrown): Explanation {
  return EXPLANATIONS[thrown.code]?.(thrown) ?? { message: upstreamMessage(thrown), hint: CHECK_SYNTAX }
}

function upstreamMessage(thrown: Thrown): string {
  const template = jsonata.messages[thrown.code] ?? String(thrown['message'] ?? thrown.code)
  return template.replaceAll(/\{\{\{?(\w+)\}?\}\}/g, (_, field: string) => String(thrown[field]))
}

function quote(token: unknown): string {
  return `"${String(token)}"`
}
