import type { EventSchema } from '../inspect/event-type.ts'
import type { Contract, RegisteredSchema } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { toEventSchema } from './event-schemas.ts'
import { chosenRegistry, latestSchemas, silentRegistry } from './latest-schemas.ts'
import type { LatestSchemas } from './latest-schemas.ts'

/** What a registry says of the events of contracts. */
export interface RegisteredSchemas {
  schemaOf(contract: Contract): EventSchema | undefined
  readonly problems: readonly Problem[]
}

/** Asks the registry that `--registry` or the environment names for the schemas of all contracts that say `schemaFrom`. */
export async function registeredSchemas(
  contracts: readonly Contract[],
  url: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<RegisteredSchemas> {
  const settings = chosenRegistry(url, env)
  if (settings !== undefined && 'length' in settings) return nothing(settings)
  const wanted = contracts.flatMap(({ schemaFrom }) => schemaFrom ?? [])
  if (settings === undefined) return nothing(wanted.map(notAsked))
  if (wanted.length === 0) return nothing(url === undefined ? [] : [NOBODY_ASKS])
  return read(
    contracts,
    await latestSchemas(
      settings,
      wanted.map(({ subject }) => subject),
    ),
  )
}

function nothing(problems: readonly Problem[]): RegisteredSchemas {
  return { schemaOf: () => undefined, problems }
}

function notAsked({ subject, at }: RegisteredSchema): Problem {
  return {
    code: 'REGISTRY_NOT_ASKED',
    severity: 'warning',
    message: `the rules were not checked against the schema of subject ${subject}: no registry is named`,
    hint: 'Give --registry URL, or set SCHEMA_REGISTRY_URL.',
    at,
  }
}

const NOBODY_ASKS: Problem = {
  code: 'REGISTRY_NOT_ASKED',
  severity: 'info',
  message: 'the registry was not asked: no contract says `schemaFrom`',
  hint: 'Add `schemaFrom: registry` to the contracts whose events are written by a schema of the registry.',
}

function read(contracts: readonly Contract[], answers: LatestSchemas): RegisteredSchemas {
  const problems = new Map<string, Problem>()
  const schemas = new Map<Contract, EventSchema>()
  for (const contract of contracts) {
    const found = contract.schemaFrom && schemaFor(contract, contract.schemaFrom, answers)
    if (found === undefined) continue
    if ('code' in found) problems.set(keyOf(found), found)
    else schemas.set(contract, found)
  }
  return { schemaOf: (contract) => schemas.get(contract), problems: [...problems.values()] }
}

/** That the registry is silent is said once, not for each contract. */
function keyOf({ message, at }: Problem): string {
  return JSON.stringify([message, at?.file, at?.line])
}

function schemaFor(
  { numbers }: Contract,
  { subject, message, at }: RegisteredSchema,
  answers: LatestSchemas,
): EventSchema | Problem | undefined {
  const answer = answers.get(subject)
  if (answer === undefined) return undefined
  if (answer.kind === 'unavailable') return silentRegistry(answer.detail)
  if (answer.kind === 'unknown') return unusable(answer.detail, at)
  const found = toEventSchema(
    `the latest schema of subject ${subject}`,
    answer.schema,
    { numbers, message },
    false,
  )
  return 'reason' in found ? unusable(`the latest schema of subject ${subject} ${found.reason}`, at) : found
}

function unusable(message: string, at: RegisteredSchema['at']): Problem {
  return {
    code: 'REGISTRY_SCHEMA_UNUSABLE',
    severity: 'error',
    message,
    hint: 'Name the subject that the producer writes with: `schemaFrom: { registry: SUBJECT }`. Without one it is the topic’s name and "-value".',
    at,
  }
}
