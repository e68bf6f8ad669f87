import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** The folder that Assay is given. */
export const RULES_FOLDER = join(import.meta.dirname, 'rules')
export const TOPIC = 'bench.ad-published'
export const SCHEMA_RULE = 'ad_shape'

const ADS_FOLDER = join(RULES_FOLDER, 'ads')

/** The assertions of the contract, so that all candidates judge by the same text. */
export function readAssertions(): { readonly id: string; readonly assert: string }[] {
  const contract = parse(readFileSync(join(ADS_FOLDER, 'ad-published.contract.yaml'), 'utf8')) as {
    rules: { id: string; assert?: string }[]
  }
  return contract.rules.flatMap(({ id, assert }) => (assert === undefined ? [] : [{ id, assert }]))
}

export function readSchema(): object {
  return JSON.parse(readFileSync(join(ADS_FOLDER, 'schemas', 'ad-published.schema.json'), 'utf8')) as object
}
