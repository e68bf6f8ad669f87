import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsonata from '#jsonata-sync'
import { describe, expect, test } from 'vitest'
import { deepFreeze } from './support.ts'

/** Cases of the language's own test suite, where they stand beside the project. */
const SUITE = join(import.meta.dirname, '../../../shared/jsonata-suite')

interface SuiteCase {
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

/** Where ours differs: U1001 is what the suite's own harness throws at a limit. Here the interpreter does, with JSONata's codes. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  'tail-recursion/case002.json': 'D1011',
  'tail-recursion/case005.json': 'D1011',
  'tail-recursion/case006.json': 'D1012',
}

describe.skipIf(!existsSync(SUITE))('the synchronous module keeps to the test suite of JSONata', () => {
  const cases = existsSync(SUITE) ? read<SuiteCase[]>('cases.json') : []
  const datasets = existsSync(SUITE) ? deepFreeze(read<Record<string, unknown>>('datasets.json')) : {}

  test.each(cases)('$id', (suiteCase) => {
    // Frozen, for no expression may change its input.
    const input = 'data' in suiteCase ? deepFreeze(suiteCase.data) : datasets[suiteCase.dataset ?? '']
    const outcome = outcomeOf(suiteCase, input)
    const { code, token } = suiteCase.error ?? suiteCase
    if (code !== undefined) {
      expect(outcome).toMatchObject({
        code: OTHER_CODES[suiteCase.id] ?? code,
        ...(token !== undefined && { token }),
      })
    } else {
      expect(outcome).toEqual(suiteCase.undefinedResult === true ? {} : { value: suiteCase.result })
    }
  })
})

function outcomeOf({ expr, bindings, timelimit, depth }: SuiteCase, input: unknown): object {
  try {
    const value = jsonata(expr, { timeout: timelimit ?? 0, stack: depth ?? 0 }).evaluate(input, bindings)
    return value === undefined ? {} : { value: JSON.parse(JSON.stringify(value) ?? 'null') }
  } catch (error) {
    return error instanceof Error ? { message: error.message } : { ...Object(error) }
  }
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(SUITE, file), 'utf8'))
}
