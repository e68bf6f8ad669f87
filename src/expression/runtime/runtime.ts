import jsonata from '#jsonata-sync'
import * as calls from './calls.ts'
import { overridden } from './faults.ts'
import * as operators from './operators.ts'
import * as paths from './paths.ts'
import * as quick from './quick-built-ins.ts'
import { parseTimestamp } from './timestamps.ts'
import * as values from './values.ts'

/** All that generated source may call. */
export const runtime = Object.freeze({
  ...values,
  ...operators,
  ...paths,
  ...calls,
  ...quick,
  overridden,
  parseTimestamp,
  beginBudget: jsonata.internals.beginBudget,
})

export type Runtime = typeof runtime
