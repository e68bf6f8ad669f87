import { ref, SCHEMAS } from './schemas.ts'
import type { SchemaPart } from './schemas.ts'

/** One thing that can be asked for. */
export interface ApiPath {
  readonly path: string
  readonly summary: string
  readonly description: string
  /** Name of the schema of its answer. */
  readonly schema: string
  readonly type: string
  readonly parameters?: readonly SchemaPart[]
  /** What it may be refused with. */
  readonly refusals: Readonly<Record<string, string>>
}

const JSON_TYPE = 'application/json'

/** Everything below `/api/v1`. */
export const API_PATHS: readonly ApiPath[] = [
  {
    path: '/api/v1/status',
    summary: 'All contracts at a glance',
    description:
      'How each contract of the domain stands, as this instance sees its share, with the instance itself and the rules that it runs.',
    schema: 'Status',
    type: JSON_TYPE,
    refusals: {},
  },
  {
    path: '/api/v1/contracts/{id}',
    summary: 'One contract',
    description: 'With its rules and their exact counts, its promises, fields and newest violations.',
    schema: 'Contract',
    type: JSON_TYPE,
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'id of the contract',
        schema: { type: 'string' },
      },
    ],
    refusals: { '404': 'No contract of this id runs here.' },
  },
  {
    path: '/api/v1/violations',
    summary: 'The newest violations of all contracts',
    description: 'At most 100, the newest first. Values are those of the allow-lists of the contracts alone.',
    schema: 'Violations',
    type: JSON_TYPE,
    refusals: {},
  },
  {
    path: '/api/v1/catalogue',
    summary: 'What contracts can be found by',
    description: 'Names, owners, topics, rules and fields, for searches.',
    schema: 'Catalogue',
    type: JSON_TYPE,
    refusals: {},
  },
  {
    path: '/api/v1/stream',
    summary: 'News after each flush',
    description:
      'Server-sent events named `news`, at first those of the last flush. Each holds what changed and the number of its flush: who finds a number left out asks for `/api/v1/status` anew.',
    schema: 'StatusNews',
    type: 'text/event-stream',
    refusals: { '503': 'Too many pages are open.' },
  },
]

/** The API as an OpenAPI 3.1 document. */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assay status',
      version,
      description:
        'How the contracts of a domain stand, as one instance sees its share. Read-only. What is unknown is left out, never 0.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: Object.fromEntries(API_PATHS.map((path) => [path.path, { get: operation(path) }])),
    components: { schemas: SCHEMAS },
  }
}

function operation({ path, summary, description, schema, type, parameters, refusals }: ApiPath): SchemaPart {
  return {
    operationId: operationId(path),
    summary,
    description,
    ...(parameters === undefined ? {} : { parameters }),
    responses: {
      '200': { description: summary, content: { [type]: { schema: ref(schema) } } },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, why]) => [
          status,
          { description: why, content: { [JSON_TYPE]: { schema: ref('Refusal') } } },
        ]),
      ),
    },
  }
}

function operationId(path: string): string {
  return `get_${path.replaceAll(/[{}]/g, '').split('/').slice(3).join('_')}`
}
