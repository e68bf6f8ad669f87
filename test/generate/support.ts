import { join } from 'node:path'
import { loadRules } from '../../src/cli/load-rules.ts'
import { generateDatadog } from '../../src/generate/datadog/generate-datadog.ts'
import { DEFAULT_GENERATE_SETTINGS, type GenerateSettings } from '../../src/generate/settings.ts'
import type { Contract } from '../../src/model/contract.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'

/** Contracts with every kind of rule, bound and promise, and with texts that mean something to Datadog or Terraform. */
export const EVERY_KIND = join(import.meta.dirname, '../fixtures/generate')

/** The contracts below a path, which must be right. */
export function contractsBelow(path: string): readonly Contract[] {
  const { contracts, problems } = loadRules([path])
  if (problems.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(problems))
  return contracts
}

/** What is generated, by path. */
export function datadogFiles(
  contracts: readonly Contract[],
  settings: Partial<GenerateSettings> = {},
): Map<string, string> {
  const files = generateDatadog(contracts, CATALOGUE, { ...DEFAULT_GENERATE_SETTINGS, ...settings })
  return new Map(files.map(({ path, text }) => [path, text]))
}
