import type { Policy, Waiver } from '../../model/policy.ts'
import type { Problem } from '../../model/problem.ts'
import { checkRuleValues, checkTolerance } from '../check-rule-values.ts'
import { inFileOrder, readFile } from '../read-file.ts'
import type { Read, ValueOf } from '../shape.ts'
import { checkPolicies } from './check-policy-file.ts'
import type { LAYER_SHAPE } from './shape-layer.ts'
import { POLICY_FILE_SHAPE } from './shape-policy.ts'
import { toPolicies, toWaivers } from './to-policy.ts'

/** What a platform says for all contracts, each value with its place. */
export type LayerValues = ValueOf<typeof LAYER_SHAPE>

/** A policy file: what could be read of it, and what is wrong with it. */
export interface PolicyFile {
  readonly file: string
  readonly policies: readonly Policy[]
  readonly waivers: readonly Waiver[]
  readonly defaults: Read<LayerValues> | undefined
  readonly overrides: Read<LayerValues> | undefined
  /** In the order of the file. */
  readonly problems: readonly Problem[]
}

/**
 * Reads the text of a policy file, and reports all that is wrong with it. Never throws, whatever the text.
 *
 * @param file the file's path as messages shall show it
 */
export function parsePolicyFile(file: string, text: string): PolicyFile {
  const { read, problems } = readFile(file, text, POLICY_FILE_SHAPE)
  const policies = toPolicies(read?.value.policies)
  const waivers = toWaivers(read?.value.waivers)
  const layers = [read?.value.defaults, read?.value.overrides].filter((layer) => layer !== undefined)
  return {
    file,
    policies,
    waivers,
    defaults: read?.value.defaults,
    overrides: read?.value.overrides,
    problems: [...problems, ...layers.flatMap(checkLayer), ...checkPolicies(policies, waivers)].toSorted(
      inFileOrder,
    ),
  }
}

function checkLayer(layer: Read<LayerValues>): Problem[] {
  const { rule, rules } = layer.value
  return [...checkTolerance('', rule?.value.tolerance), ...checkRuleValues(rules?.value ?? [])]
}
