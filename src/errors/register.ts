import { COMMAND_ERRORS } from './register/command.ts'
import { CONTRACT_TEST_ERRORS } from './register/contract-test.ts'
import { CONTRACT_ERRORS } from './register/contract.ts'
import { EXCHANGE_ERRORS } from './register/exchange.ts'
import { GENERATE_ERRORS } from './register/generate.ts'
import { INSPECT_ERRORS, SCHEMA_ERRORS } from './register/inspect.ts'
import { JUDGING_ERRORS } from './register/judging.ts'
import { POLICY_ERRORS } from './register/policy.ts'
import { SERVICE_ERRORS } from './register/service.ts'
import { YAML_ERRORS } from './register/yaml.ts'

/**
 * Every coded error of Assay: problems in files and settings, and faults that end a run. `docs/reference/errors.md` is generated from
 * this table, and a test proves that every code is used.
 */
export const ERRORS = {
  ...YAML_ERRORS,
  ...CONTRACT_ERRORS,
  ...CONTRACT_TEST_ERRORS,
  ...POLICY_ERRORS,
  ...JUDGING_ERRORS,
  ...INSPECT_ERRORS,
  ...SCHEMA_ERRORS,
  ...COMMAND_ERRORS,
  ...EXCHANGE_ERRORS,
  ...GENERATE_ERRORS,
  ...SERVICE_ERRORS,
} as const

export type ErrorCode = keyof typeof ERRORS
