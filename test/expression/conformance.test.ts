import jsonata from '#jsonata-sync'
import { describe, expect, test } from 'vitest'
import { ExpressionFault, ExpressionSyntaxError, compileAny } from '../../src/expression/index.ts'
import { type SuiteCase, asValue, expectedOf, hasSuite, inputOf, suiteCases } from './suite.ts'
import { deepFreeze } from './support.ts'

describe.skipIf(!hasSuite)('the synchronous module keeps to the test suite of JSONata', () => {
  test.each(suiteCases())('$id', (suiteCase) => {
    expectOutcome(interpret(suiteCase), suiteCase)
  })
})

describe.skipIf(!hasSuite)('compiled expressions keep to the test suite of JSONata', () => {
  const engines: string[] = []

  test.each(suiteCases())('$id', (suiteCase) => {
    const { engine, outcome } = evaluateCompiled(suiteCase)
    if (engine !== undefined) engines.push(engine)
    expectOutcome(outcome, suiteCase)
  })

  test('nearly all of them are wholly generated code, and none needs the asynchronous interpreter', () => {
    const emitted = engines.filter((engine) => engine === 'emitted').length
    expect(engines.length).toBeGreaterThan(900)
    expect(emitted / engines.length).toBeGreaterThan(0.97)
  })
})

function expectOutcome(outcome: object, suiteCase: SuiteCase): void {
  const expected = expectedOf(suiteCase)
  if ('code' in expected) expect(outcome).toMatchObject(expected)
  else expect(outcome).toEqual(expected)
}

function interpret(suiteCase: SuiteCase): object {
  const { expr, bindings, timelimit, depth } = suiteCase
  try {
    // Frozen, for no expression may change its input.
    const input = deepFreeze(inputOf(suiteCase))
    return asValue(jsonata(expr, { timeout: timelimit ?? 0, stack: depth ?? 0 }).evaluate(input, bindings))
  } catch (error) {
    return error instanceof Error ? { message: error.message } : { ...Object(error) }
  }
}

function evaluateCompiled(suiteCase: SuiteCase): { engine?: string; outcome: object } {
  const { expr, bindings = {}, timelimit, depth } = suiteCase
  try {
    const expression = compileAny(expr, {
      bindings: Object.keys(bindings),
      ...(timelimit !== undefined && { timeoutMs: timelimit }),
      ...(depth !== undefined && { stackDepth: depth }),
    })
    const value = expression.evaluate(inputOf(suiteCase), bindings, Date.now())
    const outcome =
      value instanceof ExpressionFault ? { code: value.code, token: value.jsonataToken } : asValue(value)
    return { engine: expression.engine, outcome }
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    return { outcome: { code: error.code, token: error.jsonataToken } }
  }
}
