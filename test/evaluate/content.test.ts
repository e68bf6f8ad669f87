import { expect, test } from 'vitest'
import { compileContracts } from '../../src/evaluate/compile.ts'
import { contractOf, readFrom } from './support.ts'
import type { Files, RuleText } from './support.ts'

const BASE = { id: 'a', assert: 'n > 0' }
const SCHEMA = { id: 's', schema: './n.json' }
const FILES = { 'rules/ads/n.json': { $ref: 'm.json' }, 'rules/ads/m.json': { minimum: 1 } }

function contents(rules: readonly RuleText[], head: RuleText = {}, files: Files = FILES): string[] {
  const [topic] = compileContracts([contractOf(rules, head)], readFrom(files)).topics
  const [contract] = topic?.contracts ?? []
  return [contract?.content ?? '', ...(contract?.rules ?? []).map(({ content }) => content)]
}

test('a rule that says the same has the same content, wherever it stands', () => {
  const [, alone] = contents([BASE])
  const [, , second] = contents([{ id: 'b', assert: 'n' }, BASE])
  expect(second).toBe(alone)
})

test.each([
  { assert: 'n > 1' },
  { id: 'b' },
  { severity: 'info' },
  { when: 'x' },
  { missing: 'skip' },
  { mode: 'shadow' },
  { tolerance: 'none' },
  { engine: 'interpreter' },
])('%j makes it another one', (more) => {
  expect(contents([{ ...BASE, ...more }])[1]).not.toBe(contents([BASE])[1])
})

test('the content of a schema belongs to it, also of one that is referred to', () => {
  const other = { ...FILES, 'rules/ads/m.json': { minimum: 2 } }
  expect(contents([SCHEMA], {}, other)[1]).not.toBe(contents([SCHEMA])[1])
  expect(contents([SCHEMA], {}, other)[0]).not.toBe(contents([SCHEMA])[0])
})

test.each([
  { version: '2.0.0' },
  { tombstones: 'fail' },
  { tags: { file: 'x', at: 'y' } },
  { promises: { validity: { objective: 99, window: '1h' } } },
])('%j makes another contract of the same rules', (head) => {
  expect(contents([BASE], head)[0]).not.toBe(contents([BASE])[0])
  expect(contents([BASE], head)[1]).toBe(contents([BASE])[1])
})
