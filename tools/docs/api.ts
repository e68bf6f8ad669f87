import { API_PATHS } from '../../src/status/openapi/document.ts'
import { SCHEMAS } from '../../src/status/openapi/schemas.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

interface Part {
  readonly type?: string
  readonly $ref?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Part>>
  readonly required?: readonly string[]
  readonly items?: Part
  readonly enum?: readonly string[]
}

/** The page of the API behind the status page. */
export function apiPage(): string {
  return `${GENERATED}

# The API of the status page

\`assay run\` serves it where \`--http\` says, as JSON. It is read-only: everything but GET and HEAD is answered with 405. What is unknown is
left out, never 0. Times are milliseconds since 1970. The same as an OpenAPI 3.1 document: \`/api/v1/openapi.json\`.

${markdownTable(
  ['Path', 'Answers', 'Description'],
  API_PATHS.map(({ path, schema, description }) => [code(path), linkTo(schema), description]),
)}

Several instances, each with its share, are put together by \`assay status --instances URL…\`.

${Object.entries(SCHEMAS)
  .map(([name, schema]) => section(name, schema as Part))
  .join('\n\n')}
`
}

function section(name: string, schema: Part): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, part]) => [
    code(key),
    typeOf(part),
    schema.required?.includes(key) === true ? '' : 'may be left out',
    part.description ?? '',
  ])
  const said =
    schema.description === undefined
      ? ''
      : `${schema.description.replace(/^./, (first) => first.toUpperCase())}.\n\n`
  return `## ${name}\n\n${said}${markdownTable(['Key', 'Type', '', 'Meaning'], rows)}`
}

function typeOf({ type, $ref, items, enum: values, properties }: Part): string {
  if ($ref !== undefined) return linkTo($ref.split('/').at(-1) ?? '')
  if (values !== undefined) return values.map(code).join(', ')
  if (items !== undefined) return `list of ${typeOf(items)}`
  if (properties === undefined) return type ?? ''
  return `{ ${Object.entries(properties)
    .map(([key, part]) => `${key}: ${typeOf(part)}`)
    .join(', ')} }`
}

function linkTo(schema: string): string {
  return `[${schema}](#${schema.toLowerCase()})`
}
