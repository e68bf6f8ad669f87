import type { CompiledContract } from '../../evaluate/compiled.ts'
import type { Contract } from '../../model/contract.ts'
import type { FieldReport } from '../../model/status-report.ts'
import { contractFields } from '../../status/contract-fields.ts'
import { eventRuleText, streamRuleText } from '../../status/rule-text.ts'
import type { RuleText } from '../../status/rule-text.ts'

/** A case of a contract's test, by its name, with the rules whose fails it shows. */
export interface DescribedCase {
  readonly name: string
  readonly rules: readonly string[]
}

/** A contract with all that the catalogue tells of it. */
export interface DescribedContract {
  readonly contract: Contract
  readonly rules: readonly RuleText[]
  readonly fields: readonly FieldReport[]
  readonly cases: readonly DescribedCase[]
}

export function describeContract(
  compiled: CompiledContract,
  cases: readonly DescribedCase[],
): DescribedContract {
  return {
    contract: compiled.contract,
    rules: [...compiled.rules.map(eventRuleText), ...compiled.streamRules.map(streamRuleText)],
    fields: contractFields(compiled),
    cases,
  }
}
