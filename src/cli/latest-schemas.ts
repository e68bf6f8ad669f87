import { SchemaRegistry } from '../adapters/schema-registry/schema-registry.ts'
import { registrySettings } from '../config/registry.ts'
import type { RegistrySettings } from '../config/registry.ts'
import type { Problem } from '../model/problem.ts'
import type { SchemaAnswer } from '../ports/schema-provider.ts'
import { readSecret } from './registry.ts'

/** Questions that are under way at one time. */
const MAX_AT_ONCE = 8

/** Latest schemas by subject. */
export type LatestSchemas = ReadonlyMap<string, SchemaAnswer>

/** How the registry is reached that `--registry` or the environment names, undefined for none, or the mistakes in how they do. */
export function chosenRegistry(
  url: string | undefined,
  env: NodeJS.ProcessEnv,
): RegistrySettings | readonly Problem[] | undefined {
  const problems: Problem[] = []
  const given = url === undefined ? env : { ...env, SCHEMA_REGISTRY_URL: url }
  const settings = registrySettings(given, readSecret, (name, expected) => {
    const isFlag = name === 'SCHEMA_REGISTRY_URL' && url !== undefined
    problems.push({
      code: 'CONFIG_INVALID',
      severity: 'error',
      message: `${isFlag ? '--registry' : name} must be ${expected}`,
      hint: 'For example: --registry https://registry.example.org:8081. Credentials come from the environment, as for `assay run`.',
    })
  })
  return problems.length > 0 ? problems : settings
}

/**
 * Asks a registry for the latest schemas of some subjects, each once. As soon as it does not answer one question, no further ones are
 * asked: their answer would only come later.
 */
export async function latestSchemas(
  settings: RegistrySettings,
  subjects: Iterable<string>,
): Promise<LatestSchemas> {
  const registry = new SchemaRegistry(settings)
  const answers = new Map<string, SchemaAnswer>()
  const pending = [...new Set(subjects)]
  let silence: SchemaAnswer | undefined
  const askOnByOne = async (): Promise<void> => {
    for (let subject = pending.shift(); subject !== undefined; subject = pending.shift()) {
      const answer = silence ?? (await registry.latest(subject))
      if (answer.kind === 'unavailable') silence = answer
      answers.set(subject, answer)
    }
  }
  try {
    await Promise.all(Array.from({ length: MAX_AT_ONCE }, askOnByOne))
  } finally {
    registry.close()
  }
  return answers
}

/** That the registry does not answer, said once. */
export function silentRegistry(detail: string): Problem {
  const isRefused = /status 40[13]/.test(detail)
  return {
    code: 'REGISTRY_UNREACHABLE',
    severity: 'error',
    message: `the schema registry does not answer: ${detail}`,
    hint: isRefused
      ? 'Check the credentials: SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD, or SCHEMA_REGISTRY_TOKEN.'
      : 'Check the address and the network. Nothing is known of the schemas.',
  }
}
