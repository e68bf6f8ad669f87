import type { Candidate } from './candidates.ts'
import type { PersonalField, StarterNames } from './starter.ts'
import type { Rhythm } from './rhythm.ts'
import { inline } from './yaml-text.ts'

/** What stands in a first contract beside its names. */
export interface ContractParts {
  /** Where it comes from, to end "Made by `assay init` …". */
  readonly origin: string
  readonly advice: string
  readonly shapeRule: string
  readonly schemaPath: string
  readonly candidates: readonly Candidate[]
  /** Undefined if the sample shows no clear one. */
  readonly rhythm: Rhythm | undefined
  readonly personal: readonly PersonalField[]
}

/** A first contract, with comments for the person who goes on with it. */
export function contractText(names: StarterNames, parts: ContractParts): string {
  const lines = [
    `# Made by \`assay init\` ${parts.origin}.`,
    ...parts.advice.split('\n').map((line) => `# ${line}`),
    'apiVersion: assay/v1',
    `id: ${inline(idOf(names))} # stable: dashboards know the contract by it`,
    'version: 0.1.0',
    `topic: ${inline(names.topic)}`,
    `domain: ${inline(names.domain)}`,
    `owner: ${inline(names.owner)} # the team that relies on the topic, and is told when a rule fails`,
    `description: ${inline(`What ${names.owner} assumes about the events of ${names.topic}.`)}`,
    `format: ${names.format}`,
    ...fieldLines(parts.personal),
    '',
    'rules:',
    ...shapeLines(parts),
    ...parts.candidates.flatMap(candidateLines),
    ...(parts.rhythm ? rhythmLines(parts.rhythm) : []),
  ]
  return `${lines.join('\n')}\n`
}

export function idOf({ domain, name }: StarterNames): string {
  return `${domain}.${name}`
}

function fieldLines(personal: readonly PersonalField[]): string[] {
  if (personal.length === 0) return []
  const entries = personal.map(({ path, pii }) => `  ${inline(path)}: { pii: ${pii} }`)
  return ['fields: # personal data, to judge from the names', ...entries]
}

function shapeLines({ shapeRule, schemaPath }: ContractParts): string[] {
  return [
    `  - id: ${shapeRule}`,
    '    description: The event has the shape that its readers were built for.',
    '    dimension: conformity',
    `    schema: ${inline(schemaPath)}`,
  ]
}

function candidateLines({ id, description, dimension, assert }: Candidate): string[] {
  return [
    '',
    `  - id: ${id}`,
    `    description: ${inline(description)}`,
    `    dimension: ${dimension}`,
    `    assert: ${inline(assert)}`,
  ]
}

/** The id of the rule that a rhythm is made into. */
export const RHYTHM_RULE = 'events_keep_coming'

function rhythmLines({ within, longestMs }: Rhythm): string[] {
  const longest = Math.ceil(longestMs / 1000)
  return [
    '',
    `  - id: ${RHYTHM_RULE}`,
    `    description: The topic is never silent for long. In the sample, no pause was longer than ${longest} s.`,
    '    dimension: timeliness',
    `    freshness: { within: ${within} } # generous: nights and weekends may be quieter than the sample`,
  ]
}
