import type { ErrorEntry } from '../errors/entry.ts'
import { ERRORS } from '../errors/register.ts'
import { nearest } from '../model/did-you-mean.ts'
import { EXIT_CODES, type Report } from './exit-codes.ts'
import { printable } from './printable.ts'

const JSONATA_CODE = /^[DSTU]\d{4}$/

/** The page of an error code, as it stands in the docs; or that there is no such code, and which was meant. */
export function reportErrorPage(asked: string): Report {
  const code = asked.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '')
  const entry = Object.entries<ErrorEntry>(ERRORS).find(([known]) => known === code)?.[1]
  return entry ? { output: page(code, entry), exitCode: EXIT_CODES.fine } : unknown(asked, code)
}

function page(code: string, { title, cause, mend, example }: ErrorEntry): string {
  const parts = [`${code}: ${title}.`, `why:  ${cause}`, `mend: ${mend}`]
  if (example) parts.push(`wrong:\n${indented(example.wrong)}`, `right:\n${indented(example.right)}`)
  return `${parts.join('\n\n')}\n`
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}

function unknown(asked: string, code: string): Report {
  return {
    output: `${printable(asked)} is no error code of Assay\n  hint: ${hintFor(code)}\n`,
    exitCode: EXIT_CODES.invalid,
  }
}

function hintFor(code: string): string {
  if (JSONATA_CODE.test(code)) {
    return 'It is a code of JSONata, and the message beside it says what is wrong. The code in square brackets is the one to ask for.'
  }
  const meant =
    nearest(code, Object.keys(ERRORS)) ??
    Object.keys(ERRORS).find((known) => code !== '' && known.includes(code))
  return meant === undefined
    ? 'A code stands in square brackets at the end of a message, such as CONTRACT_UNKNOWN_KEY.'
    : `Did you mean ${meant}?`
}
