import type { Contract, Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { toContract, toRules } from './to-contract.ts'
import { readRoot } from './read-shape.ts'
import type { Reading } from './reading.ts'
import { CONTRACT_SHAPE } from './shape-contract.ts'
import { createTextFile } from './text-file.ts'
import { parseYaml } from './yaml-document.ts'

/** What became of a contract file. */
export interface ParsedContract {
  /**
   * What could be read: undefined if a key outside of the rules is missing or wrong, and without the rules that are wrong. So what
   * remains can be checked further, and all problems reported at once; but a file with errors must not be run.
   */
  readonly contract: Contract | undefined
  /** The rules that could be read, also of a file whose contract could not. */
  readonly rules: readonly Rule[]
  /** In the order of the file. */
  readonly problems: Problem[]
}

/** To read the rules of a file in which something else is missing, so that their expressions are checked in the same run. */
const RULES_ALONE = { ...CONTRACT_SHAPE, keys: { rules: CONTRACT_SHAPE.keys.rules } } as const

const BYTE_ORDER_MARK = /^\uFEFF/

/**
 * Reads the text of a contract file, and reports all that is wrong with it. Never throws, whatever the text.
 *
 * @param file the file's path as messages shall show it
 */
export function parseContract(file: string, text: string): ParsedContract {
  const textFile = createTextFile(file, text.replace(BYTE_ORDER_MARK, ''))
  const yaml = parseYaml(textFile)
  if (!yaml.root) return { contract: undefined, rules: [], problems: yaml.problems.toSorted(inFileOrder) }
  const begin = (): Reading => ({
    file: textFile,
    root: CONTRACT_SHAPE,
    aliases: yaml.aliases,
    problems: [],
    named: [],
    references: [],
  })
  const reading = begin()
  const read = readRoot(reading, CONTRACT_SHAPE, yaml.root)
  // What is wrong with the rules is in the first reading's problems already.
  const rulesAlone = read ?? readRoot(begin(), RULES_ALONE, yaml.root)
  const problems = [...yaml.problems, ...reading.problems].toSorted(inFileOrder)
  return {
    contract: read && toContract(file, read.value),
    rules: rulesAlone ? toRules(rulesAlone.value.rules) : [],
    problems,
  }
}

function inFileOrder(a: Problem, b: Problem): number {
  return (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0)
}
