import type { RunOptions } from '../contract-test/run.ts'
import { nearest } from '../model/did-you-mean.ts'
import type { Problem } from '../model/problem.ts'
import type { TestSet } from './load-tests.ts'

/** Rules and cases that were asked for on the command line, and that no file has. */
export function unknownChoices({ tests, contracts }: TestSet, { rules, cases }: RunOptions): Problem[] {
  const knownRules = new Set(
    contracts.flatMap(({ contract: { rules: ofEvents, streamRules } }) =>
      [...ofEvents, ...streamRules].map(({ id }) => id),
    ),
  )
  const knownCases = new Set(tests.flatMap((test) => test.cases.map(({ name }) => name)))
  const lostRules = [...rules].filter((rule) => !knownRules.has(rule))
  const lostCases = [...cases].filter((name) => !knownCases.has(name))
  return [
    ...lostRules.map((rule) => unknownRule(rule, knownRules)),
    ...lostCases.map((name) => unknownCase(name, knownCases)),
  ]
}

function unknownRule(rule: string, known: ReadonlySet<string>): Problem {
  return {
    code: 'TEST_UNKNOWN_RULE',
    severity: 'error',
    message: `--rule ${rule}: no contract has a rule with this id`,
    hint: hintFor(rule, known, 'rules'),
  }
}

function unknownCase(name: string, known: ReadonlySet<string>): Problem {
  return {
    code: 'TEST_UNKNOWN_CASE',
    severity: 'error',
    message: `--case ${JSON.stringify(name)}: no test file has a case with this name`,
    hint: hintFor(name, known, 'cases'),
  }
}

const MAX_LISTED = 20

function hintFor(word: string, known: ReadonlySet<string>, noun: string): string {
  const meant = nearest(word, known)
  if (meant !== undefined) return `Did you mean ${JSON.stringify(meant)}?`
  const listed = [...known].slice(0, MAX_LISTED).map((name) => JSON.stringify(name))
  const more = known.size > MAX_LISTED ? ` and ${known.size - MAX_LISTED} more` : ''
  return known.size === 0 ? `There are no ${noun}.` : `There are the ${noun} ${listed.join(', ')}${more}.`
}
