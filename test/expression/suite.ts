import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Cases of the language's own test suite, where they stand beside the project. */
const SUITE = join(import.meta.dirname, '../../../shared/jsonata-suite')

export interface SuiteCase {
  readonly id: string
  readonly expr: string
  readonly data?: unknown
  readonly dataset?: string | null
  readonly bindings?: Record<string, unknown>
  readonly timelimit?: number
  readonly depth?: number
  readonly result?: unknown
  readonly undefinedResult?: boolean
  readonly code?: string
  readonly token?: string
  readonly error?: { readonly code: string; readonly token?: string }
}

export const hasSuite = existsSync(SUITE)

export function suiteCases(): SuiteCase[] {
  return hasSuite ? read<SuiteCase[]>('cases.json') : []
}

/** The input of a case, made anew each time. */
export function inputOf(suiteCase: SuiteCase): unknown {
  if ('data' in suiteCase) return structuredClone(suiteCase.data)
  return structuredClone(datasets()[suiteCase.dataset ?? ''])
}

let loaded: Record<string, unknown> | undefined

function datasets(): Record<string, unknown> {
  loaded ??= read<Record<string, unknown>>('datasets.json')
  return loaded
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(SUITE, file), 'utf8'))
}

/** Where ours differs: U1001 is what the suite's own harness throws at a limit. Here the engine does, with JSONata's codes. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  'tail-recursion/case002.json': 'D1011',
  'tail-recursion/case005.json': 'D1011',
  'tail-recursion/case006.json': 'D1012',
}

/** What a case expects, in the form of the outcomes of the tests. */
export function expectedOf(suiteCase: SuiteCase): object {
  const { code, token } = suiteCase.error ?? suiteCase
  if (code !== undefined)
    return { code: OTHER_CODES[suiteCase.id] ?? code, ...(token !== undefined && { token }) }
  return suiteCase.undefinedResult === true ? {} : { value: suiteCase.result }
}

/** A value in that form: functions are empty strings in it. */
export function asValue(value: unknown): object {
  return value === undefined ? {} : { value: JSON.parse(JSON.stringify(value) ?? 'null') }
}
