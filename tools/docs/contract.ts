import { TIME_SPAN } from '../../src/contract/shape-patterns.ts'
import { CONTRACT_SHAPE } from '../../src/contract/shape-contract.ts'
import type { Choice, KeyShape, RecordShape, Shape } from '../../src/contract/shape.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

/** The page of the contract language: every key of every level. */
export function contractPage(): string {
  return `${GENERATED}

# The contract file

One file is one contract, named \`<name>.contract.yaml\`, in YAML 1.2. Keys that are not listed here are refused, and \`assay validate\`
says where each mistake stands. How to write one: [Write a contract](../how-to/write-a-contract.md).

${recordsIn(CONTRACT_SHAPE).map(section).join('\n\n')}
`
}

/** A record and those below it, outermost first. */
function recordsIn(shape: Shape): RecordShape[] {
  switch (shape.kind) {
    case 'record':
      return [shape, ...Object.values(shape.keys).flatMap(({ value }) => recordsIn(value))]
    case 'list':
    case 'mapping':
      return recordsIn(shape.of)
    default:
      return []
  }
}

function section(record: RecordShape): string {
  const keys = Object.entries(record.keys)
  const usable = keys.filter(([, { later }]) => later !== true)
  const planned = keys.filter(([, { later }]) => later === true)
  return [
    `## ${titleOf(record)}`,
    ...(record.exactlyOne === undefined ? [] : [exactlyOne(record.exactlyOne, usable)]),
    keyTable(usable),
    ...usable.flatMap(([key, { value }]) => details(key, value)),
    ...(planned.length === 0 ? [] : [plannedKeys(planned)]),
  ].join('\n\n')
}

function titleOf({ name }: RecordShape): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

type Keys = readonly (readonly [string, KeyShape])[]

function exactlyOne({ group, explain }: NonNullable<RecordShape['exactlyOne']>, keys: Keys): string {
  const names = keys.filter(([, shape]) => shape.group === group).map(([key]) => code(key))
  return `Exactly one ${group} must be there: ${names.join(' or ')}. ${explain}`
}

function keyTable(keys: Keys): string {
  return markdownTable(
    ['Key', 'Type', 'Required', 'Default', 'Meaning', 'Example'],
    keys.map(([key, shape]) => [
      code(key),
      typeOf(shape.value),
      presenceOf(shape),
      shape.default === undefined ? '' : code(shape.default),
      shape.description,
      code(`${key}: ${shape.example}`),
    ]),
  )
}

function presenceOf({ required, group, onlyWith }: KeyShape): string {
  if (required === true) return 'yes'
  if (group !== undefined) return `one ${group}`
  return onlyWith === undefined ? 'no' : `no; only with ${code(onlyWith)}`
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return ['text', shape.pattern?.says, shape.maxLength && `at most ${shape.maxLength} characters`]
        .filter(Boolean)
        .join(', ')
    case 'expression':
      return 'JSONata expression'
    case 'path':
      return shape.pattern.says
    case 'duration':
      return TIME_SPAN.says
    case 'number':
      return `number above ${shape.above} and below ${shape.below}`
    case 'choice':
      return `one of ${shape.choices.flatMap(({ value, later }) => (later ? [] : code(value))).join(', ')}`
    case 'reference':
      return `id of a ${shape.to} with the check ${code(shape.check)}`
    case 'list':
      return `${shape.nonEmpty ? 'non-empty list' : 'list'}, each ${typeOf(shape.of)}`
    case 'mapping':
      return `mapping from ${shape.names} (${shape.pattern.says}) to ${typeOf(shape.of)}`
    case 'record':
      return `mapping, see [${shape.name.replaceAll('`', '')}](#${anchorOf(titleOf(shape))})`
    case 'anything':
      return ''
  }
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-')
}

/** What a table cell has no room for: the meaning of each word or name. */
function details(key: string, shape: Shape): string[] {
  if (shape.kind === 'choice') return [`${code(key)}:\n\n${shape.choices.map(choiceItem).join('\n')}`]
  if (shape.kind !== 'mapping' || shape.known === undefined) return []
  const items = Object.entries(shape.known).map(([name, meaning]) => `- ${code(name)}: ${meaning}`)
  return [`Names in ${code(key)} that have a meaning:\n\n${items.join('\n')}`]
}

function choiceItem({ value, description, later }: Choice): string {
  return `- ${code(value)}: ${description}${later ? ' *Planned; refused by this version.*' : ''}`
}

function plannedKeys(keys: Keys): string {
  const rows = keys.map(([key, { description, example }]) => [
    code(key),
    description,
    code(`${key}: ${example}`),
  ])
  return `Planned; refused by this version (\`FEATURE_NOT_SUPPORTED_YET\`), so that nobody relies on what is not judged:

${markdownTable(['Key', 'Meaning', 'Example'], rows)}`
}
