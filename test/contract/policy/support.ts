import { parseContract } from '../../../src/contract/parse.ts'
import type { GovernedContract } from '../../../src/contract/policy/check-contract.ts'
import { mergeLayers } from '../../../src/contract/policy/layers.ts'
import { parsePolicyFile, type PolicyFile } from '../../../src/contract/policy/parse-policy.ts'
import { toContract } from '../../../src/contract/to-contract.ts'

/** A policy file in which nothing is wrong. */
export function policyFile(body: object): PolicyFile {
  const file = parsePolicyFile('rules/assay.policy.yaml', JSON.stringify({ apiVersion: 'assay/v1', ...body }))
  if (file.problems.length > 0) throw new Error(JSON.stringify(file.problems))
  return file
}

/** A contract between the layers of a policy file. */
export function governed(body: object = {}, policy: PolicyFile = policyFile({})): GovernedContract {
  const file = 'rules/a.contract.yaml'
  const contract = {
    apiVersion: 'assay/v1',
    id: 'ads.a',
    version: '1.0.0',
    topic: 'ads.a.v1',
    domain: 'ads',
    owner: 'team-search',
    rules: [{ id: 'positive', assert: 'n > 0' }],
    ...body,
  }
  const { values, problems } = parseContract(file, JSON.stringify(contract))
  if (!values || problems.length > 0) throw new Error(JSON.stringify(problems))
  const merged = mergeLayers(values, policy)
  return { contract: toContract(file, merged.value), values: merged, schemaFields: [] }
}
