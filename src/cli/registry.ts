import { readTextFile } from '../adapters/files/text-file.ts'
import { SchemaRegistry } from '../adapters/schema-registry/schema-registry.ts'
import { registrySettings } from '../config/registry.ts'
import { NO_REGISTRY } from '../decode/decode.ts'
import type { FindSchema } from '../decode/decode.ts'
import { Fault } from '../errors/fault.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Format } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { SCHEMA_KINDS } from '../model/schema.ts'
import type { KnownSchema } from '../model/schema.ts'

/** Text of a file that a setting names, or undefined if it can't be read. */
export function readSecret(path: string): string | undefined {
  const file = readTextFile(path)
  return 'text' in file ? file.text : undefined
}

/** Topics of which not one record could be read. With `auto`, only framed records could not. */
export function withoutRegistry(topics: readonly CompiledTopic[]): Problem[] {
  return topics
    .filter(({ format, keyFormat }) => needsRegistry(format) || needsRegistry(keyFormat))
    .map(({ topic, contracts: [first] }) => ({
      code: 'REGISTRY_MISSING',
      severity: 'error',
      message: `the records of topic "${topic}" can’t be read without a schema registry`,
      hint: 'Set SCHEMA_REGISTRY_URL to its address.',
      ...(first === undefined ? {} : { at: first.contract.at.format }),
    }))
}

function needsRegistry(format: Format): boolean {
  return SCHEMA_KINDS.some((kind) => kind === format)
}

/** Schemas for a finite sample: each is asked for once, when the first record needs it. */
export interface SampleSchemas {
  readonly find: FindSchema
  /**
   * Asks the registry.
   *
   * @throws Fault if it does not answer
   */
  resolve(id: number): Promise<void>
  close(): void
}

/** Where no registry is read. */
export const NO_SCHEMAS: SampleSchemas = {
  find: NO_REGISTRY,
  resolve: () => Promise.resolve(),
  close: () => {},
}

/** Schemas from the registry that the environment names, or the mistakes in how it does. */
export function sampleSchemas(env: NodeJS.ProcessEnv): SampleSchemas | readonly Problem[] {
  const problems: Problem[] = []
  const settings = registrySettings(env, readSecret, (name, expected) => {
    problems.push({
      code: 'CONFIG_INVALID',
      severity: 'error',
      message: `${name} must be ${expected}`,
      hint: '`assay run --help` shows the form of each setting.',
    })
  })
  if (problems.length > 0) return problems
  if (settings === undefined) return NO_SCHEMAS
  const registry = new SchemaRegistry(settings)
  const known = new Map<number, KnownSchema>()
  return {
    find: (id) => known.get(id),
    resolve: async (id) => {
      const answer = await registry.ask(id)
      if (answer.kind === 'unavailable') throw unreachable(answer.detail)
      known.set(id, answer)
    },
    close: () => registry.close(),
  }
}

function unreachable(detail: string): Fault {
  return new Fault(
    'REGISTRY_UNREACHABLE',
    `the schema registry does not answer: ${detail}`,
    'Check SCHEMA_REGISTRY_URL and the network. Nothing is wrong with the records as far as is known.',
  )
}
