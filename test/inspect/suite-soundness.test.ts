import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsonata from '#jsonata-sync'
import { describe, expect, test } from 'vitest'
import { ExpressionFault, syntaxTree } from '../../src/expression/index.ts'
import { infer } from '../../src/inspect/infer/infer.ts'
import { Run } from '../../src/inspect/infer/run.ts'
import { rootScope } from '../../src/inspect/infer/scope.ts'
import { constantType } from '../../src/inspect/types/constants.ts'
import { ABSENT } from '../../src/inspect/types/type.ts'
import { admits } from './admits.ts'

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
}

describe.skipIf(!existsSync(SUITE))(
  'what is inferred of the expressions of the language’s test suite',
  () => {
    const cases = existsSync(SUITE) ? read<SuiteCase[]>('cases.json') : []
    const datasets = existsSync(SUITE) ? read<Record<string, unknown>>('datasets.json') : {}
    const judged = cases.filter(({ expr }) => syntaxTree(expr) !== undefined)

    test('is about nearly all of them', () => {
      expect(judged.length).toBeGreaterThan(950)
    })

    test.each(judged)('$id holds for its own data', (suiteCase) => {
      const { expr } = suiteCase
      const data = 'data' in suiteCase ? suiteCase.data : datasets[suiteCase.dataset ?? '']
      const event = data === undefined ? ABSENT : constantType(data)
      const tree = syntaxTree(expr)
      if (tree === undefined) throw new Error('no expression')
      const run = new Run(expr, infer)
      run.infer(tree, rootScope(event, new Map()))
      const type = run.quietly(() => run.infer(tree, rootScope(event, new Map())))
      const value = evaluate(suiteCase, data)
      expect({ value, isAdmitted: admits(type, value) }).toEqual({ value, isAdmitted: true })
    })
  },
)

function evaluate({ expr, bindings, timelimit, depth }: SuiteCase, data: unknown): unknown {
  try {
    return jsonata(expr, { timeout: timelimit ?? 1000, stack: depth ?? 500 }).evaluate(
      structuredClone(data),
      bindings,
    )
  } catch {
    return new ExpressionFault({ code: '', message: '', position: undefined, dataCaused: true })
  }
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(SUITE, name), 'utf8')) as T
}
