import type { Problem } from '../model/problem.ts'
import { checkRuleValues } from './check-rule-values.ts'
import { inFileOrder, readFile } from './read-file.ts'
import { CONTRACT_SHAPE } from './shape-contract.ts'
import type { Read } from './shape.ts'
import type { ContractValues } from './contract-values.ts'
import { toContract, toRules, toStreamRules } from './to-contract.ts'
import type { Contract, Rule, StreamRule } from '../model/contract.ts'

/** What became of a contract file. */
export interface ParsedContract {
  /**
   * What could be read: undefined if a key outside of the rules is missing or wrong, and without the rules that are wrong. So what
   * remains can be checked further, and all problems reported at once; but a file with errors must not be run.
   */
  readonly contract: Contract | undefined
  /** The same with the place of every value. */
  readonly values: Read<ContractValues> | undefined
  /** The rules that could be read, also of a file whose contract could not. */
  readonly rules: readonly Rule[]
  /** The same over the stream. */
  readonly streamRules: readonly StreamRule[]
  /** In the order of the file. */
  readonly problems: Problem[]
}

/** To read the rules of a file in which something else is missing, so that their expressions are checked in the same run. */
const RULES_ALONE = { ...CONTRACT_SHAPE, keys: { rules: CONTRACT_SHAPE.keys.rules } } as const

/**
 * Reads the text of a contract file, and reports all that is wrong with it. Never throws, whatever the text.
 *
 * @param file the file's path as messages shall show it
 */
export function parseContract(file: string, text: string): ParsedContract {
  const { read, problems, readAgain } = readFile(file, text, CONTRACT_SHAPE)
  const rules = (read ?? readAgain(RULES_ALONE))?.value.rules
  return {
    contract: read && toContract(file, read.value),
    values: read,
    rules: rules ? toRules(rules) : [],
    streamRules: rules ? toStreamRules(rules) : [],
    problems: [...problems, ...checkRuleValues(rules?.value ?? [])].toSorted(inFileOrder),
  }
}
