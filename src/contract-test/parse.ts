import { readFile } from '../contract/read-file.ts'
import type { ContractTest } from '../model/contract-test.ts'
import type { Problem } from '../model/problem.ts'
import { TEST_SHAPE } from './shape-contract-test.ts'
import { toContractTest } from './to-contract-test.ts'

/** Tests may be many, and made by a program; an event that is used again and again is an alias. */
const TEST_LIMITS = { maxLength: 16 * 1024 * 1024, maxAliases: 20_000 } as const

/** To read the cases of a file in which something else is wrong, so that what they refer to is checked in the same run. */
const CASES_ALONE = { ...TEST_SHAPE, keys: { cases: TEST_SHAPE.keys.cases } } as const
const NOTHING_ELSE = { now: undefined, bases: undefined } as const

/** What became of a test file. */
export interface ParsedContractTest {
  /** What could be read, without the cases that are wrong; undefined if none could. A file with errors must not be run. */
  readonly test: ContractTest | undefined
  readonly problems: readonly Problem[]
}

/**
 * Reads the text of a test file, and reports all that is wrong with it. Never throws, whatever the text.
 *
 * @param file the file's path as messages shall show it
 */
export function parseContractTest(file: string, text: string): ParsedContractTest {
  const { read, problems: found, readAgain } = readFile(file, text, TEST_SHAPE, TEST_LIMITS)
  const readable = read ?? readAgain(CASES_ALONE)
  const problems = found.map(aboutTests)
  if (!readable) return { test: undefined, problems }
  const { test, problems: more } = toContractTest(file, { ...NOTHING_ELSE, ...readable.value })
  return { test, problems: [...problems, ...more] }
}

/** What all files have in common is said of contracts. */
function aboutTests(problem: Problem): Problem {
  if (problem.code !== 'CONTRACT_EMPTY') return problem
  return {
    ...problem,
    code: 'TEST_WITHOUT_CASES',
    message: 'the test file holds nothing but white space and comments, so it tests nothing',
    hint: 'Begin with `cases:`, or remove the file.',
  }
}
