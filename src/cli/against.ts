import { readReferencedFile } from '../adapters/files/text-file.ts'
import { judgeSchema } from '../inspect/against/judge-schema.ts'
import type { ContractUnderChange } from '../inspect/against/judge-schema.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type { RegistrySchema } from '../model/schema.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import type { Report } from '../report/exit-codes.ts'
import { reportProblems } from '../report/problems.ts'
import { reportSchemaVerdict } from '../report/schema-verdict.ts'
import type { AgainstFlags } from './against-flags.ts'
import { toEventSchema } from './event-schemas.ts'
import { chooseTopic } from './events.ts'
import { checkRuleFiles } from './load-rules.ts'
import type { LoadedContract, RuleFiles } from './load-rules.ts'
import { isNamed, readSchemaFile, unusable } from './schema-file.ts'
import { finish } from './streams.ts'
import type { Streams } from './streams.ts'
import { schemasOfToday } from './todays-schemas.ts'
import type { Today } from './todays-schemas.ts'

/** A registry that does not answer is no mistake in the files. */
export function endedBy(problems: readonly Problem[], report: Report): Report {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const isFault = errors.length > 0 && errors.every(({ code }) => code === 'REGISTRY_UNREACHABLE')
  return isFault ? { ...report, exitCode: EXIT_CODES.runtimeFailure } : report
}

/** `assay validate --against`: which rules a proposed schema would break. */
export async function validateAgainst(
  file: string,
  paths: readonly string[],
  flags: AgainstFlags,
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  const read = checkRuleFiles(paths)
  const refuse = (problems: readonly Problem[]) =>
    finish(streams, endedBy(problems, reportProblems(flags.output, problems, read)))
  const problems = read.problems.filter(({ severity }) => severity === 'error')
  const contracts = concerned(read, flags)
  const proposed = readSchemaFile(file, flags.reference ?? [])
  const faults = [contracts, proposed].flatMap((result) => ('code' in result ? [result] : []))
  if ('code' in contracts || 'code' in proposed || problems.length > 0)
    return refuse([...problems, ...faults])
  const today = await schemasOfToday(
    file,
    contracts.map(({ contract }) => contract),
    flags,
    env,
  )
  const under = contracts.map((loaded) => underChange(loaded, file, proposed, flags.message, today))
  const others = [...today.problems, ...under.flatMap((one) => ('code' in one ? [one] : []))]
  if (others.length > 0) return refuse(onlyOnce(others))
  const usable = under.flatMap((one) => ('code' in one ? [] : [one]))
  return finish(
    streams,
    reportSchemaVerdict(verdictOn(file, usable, today), flags.output, flags.strict, read.paths),
  )
}

function verdictOn(file: string, under: readonly ContractUnderChange[], { comparedWith }: Today) {
  return {
    schema: file,
    topics: [...new Set(under.map(({ contract }) => contract.topic))],
    contracts: under.length,
    rules: under.reduce((sum, { contract }) => sum + contract.rules.length, 0),
    comparedWith,
    breaks: judgeSchema(under, readReferencedFile),
  }
}

function onlyOnce(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()]
}

/** The contracts whose events the proposed schema is for. */
function concerned(
  { loaded }: RuleFiles,
  { topic: wanted, subject }: AgainstFlags,
): readonly LoadedContract[] | Problem {
  const ofSubject = loaded.filter(({ contract }) => subject === undefined || subjectOf(contract) === subject)
  if (ofSubject.length === 0 && subject !== undefined) return unknownSubject(subject, loaded)
  if (subject !== undefined && wanted === undefined) return ofSubject
  if (loaded.length === 0) return []
  const topic = chooseTopic([...new Set(ofSubject.map(({ contract }) => contract.topic))], wanted)
  if (typeof topic !== 'string') return { ...topic, hint: 'Say with --topic which topic the schema is for.' }
  return ofSubject.filter(({ contract }) => contract.topic === topic)
}

/** The subject under which a contract's events are registered, as far as it is known. */
function subjectOf({ schemaFrom, topic }: Contract): string {
  return schemaFrom?.subject ?? `${topic}-value`
}

function unknownSubject(subject: string, loaded: readonly LoadedContract[]): Problem {
  const known = [...new Set(loaded.map(({ contract }) => subjectOf(contract)))].join(', ')
  return {
    code: 'TOPIC_UNCLEAR',
    severity: 'error',
    message: `no contract is about the subject ${subject}; known are ${known}`,
    hint: 'The subject of a contract is that of its `schemaFrom`; without one, its topic and "-value".',
  }
}

function underChange(
  { contract, values }: LoadedContract,
  file: string,
  proposed: RegistrySchema,
  message: string | undefined,
  today: Today,
): ContractUnderChange | Problem {
  const { numbers, schemaFrom } = contract
  const reading = { numbers, message: message ?? schemaFrom?.message, events: 'usual' } as const
  const schema = toEventSchema(file, proposed, reading, true)
  if ('reason' in schema) return unusable(file, `the schema ${schema.reason}`)
  const fields = values.value.fields?.value ?? new Map<string, never>()
  return {
    contract,
    fieldsAt: new Map([...fields].map(([path, { nameAt }]) => [path, nameAt])),
    today: today.schemaOf(contract),
    proposed: schema,
    isOwn: contract.rules.some(({ check }) => check.kind === 'schema' && isNamed(file, check.path)),
  }
}
