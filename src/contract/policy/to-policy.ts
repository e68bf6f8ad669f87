import type { Demand, PlacedText, Policy, Waiver } from '../../model/policy.ts'
import type { Read, ValueOf } from '../shape.ts'
import type { POLICY_FILE_SHAPE, POLICY_SHAPE } from './shape-policy.ts'

type FileValues = ValueOf<typeof POLICY_FILE_SHAPE>
type PolicyValues = ValueOf<typeof POLICY_SHAPE>

/** From what stands in a policy file to the words of the model. */
export function toPolicies(policies: FileValues['policies']): Policy[] {
  return (policies?.value ?? []).flatMap(({ value }) => {
    const demand = toDemand(value)
    if (!demand) return []
    const { id, description, severity } = value
    return { id: id.value, description: description?.value, severity: severity.value, demand, at: id.at }
  })
}

function toDemand({
  pattern,
  require: required,
  allow,
  classify,
  maxRules,
}: PolicyValues): Demand | undefined {
  if (pattern) {
    const { key, matches, says } = pattern.value
    return { kind: 'pattern', key: placed(key), matches: placed(matches), says: says.value }
  }
  if (required) return { kind: 'require', keys: required.value.map(placed) }
  if (allow) return { kind: 'allow', key: placed(allow.value.key), values: textsOf(allow.value.values) }
  if (classify) return { kind: 'classify', words: textsOf(classify) }
  return maxRules && { kind: 'maxRules', limit: maxRules.value }
}

/** From what stands in a policy file to the words of the model. */
export function toWaivers(waivers: FileValues['waivers']): Waiver[] {
  return (waivers?.value ?? []).map(({ value: { policy, contract, until, reason } }) => ({
    policy: policy.value,
    contract: contract.value,
    until: placed(until),
    reason: reason.value,
    at: contract.at,
  }))
}

function placed({ value, at }: Read<string>): PlacedText {
  return { text: value, at }
}

function textsOf({ value }: Read<readonly Read<string>[]>): string[] {
  return value.map((item) => item.value)
}
