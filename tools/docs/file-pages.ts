import { TIME_SPAN } from '../../src/contract/shape-patterns.ts'
import { POLICY_FILE_SHAPE } from '../../src/contract/policy/shape-policy.ts'
import { CONTRACT_SHAPE } from '../../src/contract/shape-contract.ts'
import { TEST_SHAPE } from '../../src/contract-test/shape-contract-test.ts'
import type { Choice, KeyShape, RecordShape, Shape } from '../../src/contract/shape.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

/** A page that lists every key of every level of a kind of file. */
interface FilePage {
  readonly title: string
  readonly intro: string
  readonly shape: RecordShape
  /** The shape whose records stand on another page, and that page. */
  readonly elsewhere?: { readonly shape: RecordShape; readonly page: string }
}

/** The page of the contract language: every key of every level. */
export function contractPage(): string {
  return filePage({
    title: 'The contract file',
    intro: `One file is one contract, named \`<name>.contract.yaml\`, in YAML 1.2. Keys that are not listed here are refused, and \`assay validate\`
says where each mistake stands. How to write one: [Write a contract](../how-to/write-a-contract.md). For editors there is
\`schema/contract.schema.json\`.`,
    shape: CONTRACT_SHAPE,
  })
}

/** The page of the test file. */
export function contractTestPage(): string {
  return filePage({
    title: 'The contract test file',
    intro: `\`<name>.contract.test.yaml\` stands beside \`<name>.contract.yaml\` and says what its rules are to make of some records. \`assay test\` runs
it: [Test your rules](../how-to/test-your-rules.md). Keys that are not listed here are refused. For editors there is
\`schema/contract-test.schema.json\`.

A case is judged as the service would judge the record: the event becomes bytes, is decoded by the \`format\` of the contract, and meets all
rules. Its partition is 0, its offset the number of the step, counted from 0, and its topic that of the contract. Every rule that a case
doesn't name must pass or skip.`,
    shape: TEST_SHAPE,
  })
}

/** The page of the policy file. */
export function policyPage(): string {
  return filePage({
    title: 'The policy file',
    intro: `\`assay.policy.yaml\` at the root of the rules holds for all contracts in its folder and below. There is at most one in a tree. How to
write one: [Govern contracts](../how-to/govern-contracts.md). For editors there is \`schema/policy.schema.json\`.`,
    shape: POLICY_FILE_SHAPE,
    elsewhere: { shape: CONTRACT_SHAPE, page: 'contract.md' },
  })
}

function filePage({ title, intro, shape, elsewhere }: FilePage): string {
  const others = new Set(elsewhere ? recordsIn(elsewhere.shape) : [])
  const records = [...new Set(recordsIn(shape))].filter((record) => !others.has(record))
  const pageOf = (record: RecordShape) => (others.has(record) ? (elsewhere?.page ?? '') : '')
  return `${GENERATED}

# ${title}

${intro}

${records.map((record) => section(record, pageOf)).join('\n\n')}
`
}

/** The page on which a record is described; empty for this one. */
type PageOf = (record: RecordShape) => string

/** A record and those below it, outermost first. */
function recordsIn(shape: Shape): RecordShape[] {
  switch (shape.kind) {
    case 'record':
      return [shape, ...Object.values(shape.keys).flatMap(({ value }) => recordsIn(value))]
    case 'list':
    case 'mapping':
      return recordsIn(shape.of)
    case 'either':
      return recordsIn(shape.long)
    default:
      return []
  }
}

function section(record: RecordShape, pageOf: PageOf): string {
  const keys = Object.entries(record.keys)
  const usable = keys.filter(([, { later }]) => later !== true)
  const planned = keys.filter(([, { later }]) => later === true)
  return [
    `## ${titleOf(record)}`,
    ...(record.exactlyOne === undefined ? [] : [exactlyOne(record.exactlyOne, usable)]),
    ...(record.atLeastOne === undefined ? [] : [atLeastOne(record.atLeastOne)]),
    keyTable(usable, pageOf),
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

function atLeastOne({ of, what }: NonNullable<RecordShape['atLeastOne']>): string {
  return `There must be ${what}: ${of.map(code).join(' or ')}.`
}

function keyTable(keys: Keys, pageOf: PageOf): string {
  return markdownTable(
    ['Key', 'Type', 'Required', 'Default', 'Meaning', 'Example'],
    keys.map(([key, shape]) => [
      code(key),
      typeOf(shape.value, pageOf),
      presenceOf(shape, keys),
      shape.default === undefined ? '' : code(shape.default),
      shape.description,
      code(`${key}: ${shape.example}`),
    ]),
  )
}

function presenceOf({ required, group, onlyWith, notWith }: KeyShape, keys: Keys): string {
  if (required === true) return 'yes'
  if (group !== undefined) return `one ${group}`
  if (notWith !== undefined) return `no; not with ${code(notWith)}`
  if (onlyWith === undefined) return 'no'
  const possible = onlyWith.filter((partner) => keys.some(([key]) => key === partner))
  return `no; only with ${possible.map(code).join(' or ')}`
}

function typeOf(shape: Shape, pageOf: PageOf): string {
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
      return `${shape.whole ? 'whole number' : 'number'} above ${shape.above} and below ${shape.below}`
    case 'choice':
      return `one of ${shape.choices.flatMap(({ value, later }) => (later ? [] : code(value))).join(', ')}`
    case 'reference':
      return `id of a ${shape.to}${shape.check === undefined ? '' : ` with the check ${code(shape.check)}`}`
    case 'list':
      return `${shape.nonEmpty ? 'non-empty list' : 'list'}, each ${typeOf(shape.of, pageOf)}`
    case 'mapping':
      return `mapping from ${shape.names} (${shape.pattern.says}) to ${typeOf(shape.of, pageOf)}`
    case 'record':
      return `mapping, see [${shape.name.replaceAll('`', '')}](${pageOf(shape)}#${anchorOf(titleOf(shape))})`
    case 'either':
      return `${typeOf(shape.short, pageOf)}; or ${typeOf(shape.long, pageOf)}`
    case 'json':
      return shape.isMapping ? 'mapping' : 'any JSON value'
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
