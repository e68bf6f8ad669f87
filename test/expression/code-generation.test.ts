import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const LIBRARY = join(import.meta.dirname, '../../src/expression/index.ts')

const PROGRAM = `
  import { ExpressionSet, canGenerateCode, compileExpression } from ${JSON.stringify(LIBRARY)}
  const sources = ['a.b > 1', 'a.b + "x" > 1', '$map(list, function($v){ $v > 1 })', '$exists(missing)', 'a.b']
  const expressions = sources.map((source) => compileExpression(source))
  const context = { nowMs: 0, variable: () => undefined }
  const event = { a: { b: 2 }, list: [2] }
  const set = new ExpressionSet(expressions.map((assertion) => ({ assertion })))
  set.evaluate(event, context)
  console.log(JSON.stringify({
    can: canGenerateCode(),
    engines: [...new Set(expressions.map(({ engine }) => engine))],
    reason: expressions[0].engineReason,
    outcomes: [...set.outcomes],
    details: sources.map((_, index) => set.detail(index)?.code),
    values: expressions.map((expression) => expression.evaluate(event, context)),
  }))
`

function run(...flags: string[]) {
  const args = [...flags, '--input-type=module', '--eval', PROGRAM]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

test('where code generation from strings is forbidden, the interpreter gives equal verdicts', () => {
  const { can, engines, reason, ...verdicts } = run('--disallow-code-generation-from-strings')
  const allowed = run()
  expect({ can, engines }).toEqual({ can: false, engines: ['sync'] })
  expect(reason).toContain('may not generate code')
  expect({ can: allowed.can, engines: allowed.engines }).toEqual({ can: true, engines: ['emitted'] })
  expect(verdicts).toEqual({ outcomes: allowed.outcomes, details: allowed.details, values: allowed.values })
})
