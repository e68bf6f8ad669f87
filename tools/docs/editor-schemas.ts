import { POLICY_FILE_SHAPE } from '../../src/contract/policy/shape-policy.ts'
import { CONTRACT_SHAPE } from '../../src/contract/shape-contract.ts'
import { TEST_SHAPE } from '../../src/contract-test/shape-contract-test.ts'
import type { RecordShape } from '../../src/contract/shape.ts'
import { toJsonSchema } from './json-schema.ts'

/** A kind of file that editors complete and check while it is written. */
export interface EditorSchema {
  /** Where its JSON Schema is written, from the root of the repository. */
  readonly path: string
  readonly title: string
  readonly shape: RecordShape
}

export const EDITOR_SCHEMAS: readonly EditorSchema[] = [
  { path: 'schema/contract.schema.json', title: 'Assay contract', shape: CONTRACT_SHAPE },
  { path: 'schema/contract-test.schema.json', title: 'Assay contract test', shape: TEST_SHAPE },
  { path: 'schema/policy.schema.json', title: 'Assay policy file', shape: POLICY_FILE_SHAPE },
]

/** The texts of all JSON Schemas for editors, by path. */
export function editorSchemaFiles(): Record<string, string> {
  return Object.fromEntries(
    EDITOR_SCHEMAS.map(({ path, title, shape }) => [
      path,
      `${JSON.stringify(toJsonSchema(shape, title), undefined, 2)}\n`,
    ]),
  )
}
