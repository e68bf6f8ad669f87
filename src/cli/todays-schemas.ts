import { readReferencedFile } from '../adapters/files/text-file.ts'
import type { EventReading } from '../decode/json-schema/event-schema.ts'
import type { EventSchema } from '../inspect/event-type.ts'
import type { Contract, LocatedText } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type { RegistrySchema } from '../model/schema.ts'
import type { AgainstFlags } from './against-flags.ts'
import { toEventSchema } from './event-schemas.ts'
import { chosenRegistry, latestSchemas, silentRegistry } from './latest-schemas.ts'
import type { LatestSchemas } from './latest-schemas.ts'
import { isNamed, readSchemaFile, unusable } from './schema-file.ts'

/** What the events of contracts are written by today, as far as it is known. */
export interface Today {
  schemaOf(contract: Contract): EventSchema | undefined
  /** In words, each source once. */
  readonly comparedWith: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * The schemas of today: the file of `--base`; else each contract's `schemaFile`; else what the registry has for the subject.
 *
 * @param proposed the file of the proposed schema: a `schemaFile` that is changed in its place says nothing of today
 */
export async function schemasOfToday(
  proposed: string,
  contracts: readonly Contract[],
  flags: AgainstFlags,
  env: NodeJS.ProcessEnv,
): Promise<Today> {
  if (flags.base !== undefined) return ofBase(flags.base, contracts, flags)
  const settings = chosenRegistry(flags.registry, env)
  if (settings !== undefined && 'length' in settings) return { ...NOTHING, problems: settings }
  const fileOf = ({ schemaFile }: Contract) =>
    schemaFile === undefined || isNamed(proposed, schemaFile) ? undefined : schemaFile
  const subjects = contracts
    .filter((contract) => fileOf(contract) === undefined)
    .map((contract) => subjectFor(contract, flags))
  const answers = settings === undefined ? new Map() : await latestSchemas(settings, subjects)
  return collect(contracts, (contract) => {
    const named = fileOf(contract)
    return named === undefined ? ofRegistry(contract, answers, flags) : ofFile(named)
  })
}

const NOTHING: Today = { schemaOf: () => undefined, comparedWith: [], problems: [] }

interface Source {
  readonly schema: EventSchema
  readonly words: string
}

function collect(
  contracts: readonly Contract[],
  find: (contract: Contract) => Source | Problem | undefined,
): Today {
  const found = contracts.map((contract) => [contract, find(contract)] as const)
  const schemas = new Map(
    found.flatMap(([contract, source]) =>
      source !== undefined && 'schema' in source ? [[contract, source] as const] : [],
    ),
  )
  return {
    schemaOf: (contract) => schemas.get(contract)?.schema,
    comparedWith: [...new Set([...schemas.values()].map(({ words }) => words))],
    problems: found.flatMap(([, source]) => (source !== undefined && 'code' in source ? [source] : [])),
  }
}

function ofBase(base: string, contracts: readonly Contract[], flags: AgainstFlags): Today {
  const schema = readSchemaFile(base, flags.reference ?? [])
  if ('code' in schema) return { ...NOTHING, problems: [schema] }
  return collect(contracts, (contract) => {
    const found = toEventSchema(base, schema, readingFor(contract, flags), true)
    return 'reason' in found ? unusable(base, `the schema ${found.reason}`) : { schema: found, words: base }
  })
}

/** That the file can't be read has been reported. */
function ofFile(named: LocatedText): Source | undefined {
  const file = readReferencedFile(named.locate().file, named.text)
  if ('missing' in file) return undefined
  const { path, text } = file
  return { schema: { path, text, files: readReferencedFile }, words: path }
}

function ofRegistry(
  contract: Contract,
  answers: LatestSchemas,
  flags: AgainstFlags,
): Source | Problem | undefined {
  const subject = subjectFor(contract, flags)
  const answer = answers.get(subject)
  // A subject that the registry does not know has no schema yet: this is the first one.
  if (answer === undefined || answer.kind === 'unknown') return undefined
  if (answer.kind === 'unavailable') return silentRegistry(answer.detail)
  return ofAnswer(contract, subject, answer.schema, flags)
}

function ofAnswer(
  contract: Contract,
  subject: string,
  schema: RegistrySchema,
  flags: AgainstFlags,
): Source | Problem {
  const words = `the latest schema of subject ${subject}`
  const found = toEventSchema(words, schema, readingFor(contract, flags), false)
  if (!('reason' in found)) return { schema: found, words }
  return {
    code: 'REGISTRY_SCHEMA_UNUSABLE',
    severity: 'error',
    message: `${words} ${found.reason}`,
    hint: 'Give the schema of today as a file, with --base, or another subject, with --subject.',
  }
}

function subjectFor({ schemaFrom, topic }: Contract, { subject }: AgainstFlags): string {
  return subject ?? schemaFrom?.subject ?? `${topic}-value`
}

function readingFor({ numbers, schemaFrom }: Contract, { message }: AgainstFlags): EventReading {
  return { numbers, message: message ?? schemaFrom?.message, events: 'usual' }
}
