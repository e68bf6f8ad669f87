import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { EDITOR_SCHEMAS } from '../../tools/docs/editor-schemas.ts'
import { UNSAYABLE_IN_CONTRACTS, UNSAYABLE_IN_POLICIES, UNSAYABLE_IN_TESTS } from './unsayable.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const schemaAt = (path: string): object => JSON.parse(read(path))

function validatorOf(path: string) {
  // `required` inside of `oneOf` speaks of properties that stand outside of it.
  const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true })
  return ajv.compile(schemaAt(path))
}

/** A YAML file as an editor sees it, or undefined where YAML itself is not well formed, about which a JSON Schema has no say. */
function load(path: string): unknown {
  const documents = parseAllDocuments(read(path))
  const [document] = documents
  if (document === undefined || documents.length !== 1 || document.errors.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: -1 })
  } catch {
    return undefined
  }
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly additionalProperties?: Node | boolean
  readonly description?: string
  readonly examples?: readonly unknown[]
}

/** Every key at every level, with where it stands. */
function keysIn(node: Node, place = ''): [string, Node][] {
  const inside = Object.entries(node.properties ?? {}).flatMap(([key, child]): [string, Node][] => {
    return [[`${place}.${key}`, child], ...keysIn(child, `${place}.${key}`)]
  })
  const values = typeof node.additionalProperties === 'object' ? [node.additionalProperties] : []
  const items = node.items === undefined ? [] : [node.items]
  return [...inside, ...[...values, ...items].flatMap((child) => keysIn(child, `${place}[]`))]
}

describe.each(EDITOR_SCHEMAS)('$path', ({ path }) => {
  const keys = keysIn(schemaAt(path) as Node)

  test('explains every key', () => {
    expect(keys.length).toBeGreaterThan(10)
    expect(keys.filter(([, { description }]) => !/^[A-Z][^]*\.$/.test(description ?? ''))).toEqual([])
  })

  test.each(keys)('has examples of %s that it takes itself', (_, node) => {
    const { examples = [] } = node
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(node)
    for (const example of examples) {
      expect({ example, isValid: validate(example), errors: validate.errors }).toMatchObject({
        isValid: true,
      })
    }
  })
})

describe.each([
  {
    schema: 'schema/contract.schema.json',
    good: ['rules/**/*.contract.yaml', 'examples/**/*.contract.yaml', 'test/fixtures/contracts/*.good.yaml'],
    bad: 'test/fixtures/contracts/*.bad.yaml',
    unsayable: UNSAYABLE_IN_CONTRACTS,
  },
  {
    schema: 'schema/policy.schema.json',
    good: ['test/fixtures/policies/*.good/assay.policy.yaml'],
    bad: 'test/fixtures/policies/*.bad/assay.policy.yaml',
    unsayable: UNSAYABLE_IN_POLICIES,
  },
  {
    schema: 'schema/contract-test.schema.json',
    good: ['rules/**/*.contract.test.yaml', 'test/fixtures/rule-tests/*.{fails,warns}/*.test.yaml'],
    bad: 'test/fixtures/rule-tests/*.bad/*.test.yaml',
    unsayable: UNSAYABLE_IN_TESTS,
  },
])('$schema', ({ schema, good, bad, unsayable }) => {
  const validate = validatorOf(schema)
  const mistakes = globSync(bad, { cwd: ROOT }).map((path) => ({ path, mistake: mistakeOf(path) }))

  test.each(globSync(good, { cwd: ROOT }))('takes %s', (path) => {
    expect({ isValid: validate(load(path)), errors: validate.errors }).toEqual({
      isValid: true,
      errors: null,
    })
  })

  test.each(mistakes)('refuses $mistake, if it can say so at all', ({ path, mistake }) => {
    const loaded = load(path)
    const isTaken = loaded !== undefined && validate(loaded)
    expect({ mistake, isTaken }).toEqual({ mistake, isTaken: unsayable.includes(mistake) })
  })

  test('is forgiven only mistakes of which there is a fixture', () => {
    const known = mistakes.map(({ mistake }) => mistake)
    expect(unsayable.filter((mistake) => !known.includes(mistake))).toEqual([])
  })
})

function mistakeOf(path: string): string {
  return /([^/]*)\.bad/.exec(path)?.[1] ?? path
}
