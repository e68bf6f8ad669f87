/** One test of a JUnit report. Without `failure`, `error` and `skipped` it passed. */
export interface JUnitCase {
  readonly name: string
  readonly classname: string
  readonly file?: string | undefined
  /** Counted from 1. */
  readonly line?: number | undefined
  readonly seconds?: number | undefined
  /** It was judged, and what was expected did not hold. */
  readonly failure?: JUnitDetail | undefined
  /** It could not be judged. */
  readonly error?: JUnitDetail | undefined
  /** The reason for which it was left out. */
  readonly skipped?: string | undefined
}

export interface JUnitDetail {
  /** One line. */
  readonly message: string
  /** A word for the kind of failure. */
  readonly type: string
  /** All that is known, on any number of lines. */
  readonly text: string
}

export interface JUnitSuite {
  readonly name: string
  readonly cases: readonly JUnitCase[]
}

/** A JUnit report, as continuous-integration servers read it: well-formed XML 1.0, whatever stands in names and texts. */
export function junitXml(name: string, suites: readonly JUnitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, ...countsOf(all) })}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
  ]
  return `${lines.join('\n')}\n`
}

function suiteLines({ name, cases }: JUnitSuite): string[] {
  return [
    `  <testsuite${attributes({ name, ...countsOf(cases) })}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
  ]
}

function countsOf(cases: readonly JUnitCase[]): Record<string, number> {
  return {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure).length,
    errors: cases.filter(({ error }) => error).length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  }
}

function caseLines({ failure, error, skipped, seconds, ...names }: JUnitCase): string[] {
  const start = `    <testcase${attributes({ ...names, time: seconds?.toFixed(3) })}`
  const inside = [
    ...(failure ? [detailLine('failure', failure)] : []),
    ...(error ? [detailLine('error', error)] : []),
    ...(skipped === undefined ? [] : [`      <skipped${attributes({ message: skipped })}/>`]),
  ]
  return inside.length === 0 ? [`${start}/>`] : [`${start}>`, ...inside, '    </testcase>']
}

function detailLine(element: string, { message, type, text }: JUnitDetail): string {
  return `      <${element}${attributes({ message, type })}>${escapeXml(text)}</${element}>`
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${escapeXml(String(value))}"`))
    .join('')
}

/** What XML 1.0 has no way to write, not even escaped: controls, halves of surrogate pairs, U+FFFE and U+FFFF. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** White space is kept by reference where a reader would take another for it. */
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

function escapeXml(text: string): string {
  return text
    .replaceAll(NOT_IN_XML, '\u{FFFD}')
    .replaceAll(/[&<>"\t\n\r]/g, (character) => REFERENCES[character] ?? character)
}
