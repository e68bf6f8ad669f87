import { describe, expect, test } from 'vitest'
import { readReferencedFile } from '../../src/adapters/files/text-file.ts'
import { compileExpression, ExpressionFault, syntaxTree } from '../../src/expression/index.ts'
import type { EvaluationContext } from '../../src/expression/index.ts'
import { eventTypeOf, SchemaTypes } from '../../src/inspect/event-type.ts'
import { infer } from '../../src/inspect/infer/infer.ts'
import { Run } from '../../src/inspect/infer/run.ts'
import { rootScope } from '../../src/inspect/infer/scope.ts'
import { RECORD_VARIABLES } from '../../src/inspect/record-variables.ts'
import type { Rule } from '../../src/model/contract.ts'
import { admits } from './admits.ts'
import { CORPORA, readCorpus } from './corpus.ts'
import { createRandom, sampleEvents } from './sample-events.ts'

const RECORD: EvaluationContext = {
  nowMs: Date.UTC(2026, 0, 1),
  variable: (name) =>
    ({
      key: 'u-1',
      headers: { source: 'web' },
      topic: 'listings.v1',
      partition: 0,
      offset: 7,
      timestamp: 1_700_000_000_000,
    })[name],
}

describe.each(CORPORA)('what is inferred about %s holds for events that the schema allows', (name) => {
  const events = sampleEvents(name, 150, createRandom(20_240_506))

  test('there are enough of them', () => {
    expect(events.length).toBeGreaterThanOrEqual(100)
  })

  test.each((['good', 'wrong'] as const).flatMap((kind) => expressionsIn(name, kind)))(
    '$text',
    ({ text, event }) => {
      const run = new Run(text, infer)
      const tree = syntaxTree(text)
      const type = tree && run.quietly(() => run.infer(tree, rootScope(event, RECORD_VARIABLES)))
      const expression = compileExpression(text)
      const refuted = events
        .map((each) => ({ each, value: expression.evaluate(each, RECORD) }))
        .filter(({ value }) => type === undefined || !admits(type, value))
        .map(({ each, value }) => ({ each, value: value instanceof ExpressionFault ? value.message : value }))
      expect(refuted.slice(0, 1)).toEqual([])
    },
  )
})

function expressionsIn(name: string, kind: 'good' | 'wrong') {
  const contract = readCorpus(name, kind)
  const event = eventTypeOf(contract, new SchemaTypes(readReferencedFile))
  return contract.rules.flatMap(textsOf).map((text) => ({ text, event }))
}

function textsOf({ when, check }: Rule): string[] {
  return [...(when ? [when.text] : []), ...(check.kind === 'assert' ? [check.expression.text] : [])]
}
